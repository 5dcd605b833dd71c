"""The guide for programs: Wagtail's read API at /api/v2/, for what anybody may read (decision 21)."""
