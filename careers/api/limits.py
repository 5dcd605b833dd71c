"""How much one address may ask of the API."""

from allauth.core.internal import ratelimit
from django.conf import settings
from rest_framework.throttling import BaseThrottle

from home.rates import Limit

MINUTE = 60


class PerAddress(BaseThrottle):
    """So many requests a minute for each network address, counted in the cache that workers share and nowhere else."""

    def allow_request(self, request, view):
        self.limit = Limit("api", settings.API_A_MINUTE, MINUTE)
        return not settings.API_A_MINUTE or self.limit.takes(ratelimit.get_ip(request))

    def wait(self):
        return self.limit.wait
