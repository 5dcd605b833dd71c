from allauth.account.adapter import DefaultAccountAdapter


class AccountAdapter(DefaultAccountAdapter):
    """Accounts are made by an administrator until members can sign up."""

    def is_open_for_signup(self, request):
        return False
