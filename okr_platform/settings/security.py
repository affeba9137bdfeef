"""What protects a reader: hosts, cookies, HTTPS, and a content-security policy without exceptions."""

from __future__ import annotations

from typing import Any

from csp.constants import NONE, SELF

from okr_platform.settings.place import env

LOOPBACK = ["localhost", "127.0.0.1", "[::1]"]
ALLOWED_HOSTS = [*LOOPBACK, *env.words("OKR_ALLOWED_HOSTS")]
TRUSTED_PROXIES = env.number("OKR_TRUSTED_PROXIES", 0, at_most=10)
ALLAUTH_TRUSTED_PROXY_COUNT = TRUSTED_PROXIES

IS_HTTPS = env.flag("OKR_HTTPS")
SESSION_COOKIE_SECURE = IS_HTTPS
CSRF_COOKIE_SECURE = IS_HTTPS
SECURE_SSL_REDIRECT = IS_HTTPS
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_HSTS_SECONDS = env.number("OKR_HSTS_SECONDS", 31_536_000) if IS_HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = IS_HTTPS
SECURE_HSTS_PRELOAD = IS_HTTPS
if IS_HTTPS and TRUSTED_PROXIES:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

SESSION_COOKIE_NAME = "okr_session"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = env.number("OKR_SESSION_DAYS", 14, at_least=1, at_most=365) * 86_400
CSRF_COOKIE_NAME = "okr_csrf"
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "okr_platform.error_views.csrf_failure"
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 2**20
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 2**20
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5_000

_directives: dict[str, Any] = {
    "default-src": [SELF],
    "object-src": [NONE],
    "base-uri": [NONE],
    "form-action": [SELF],
    "frame-ancestors": [NONE],
}
if IS_HTTPS:
    _directives["upgrade-insecure-requests"] = True
CONTENT_SECURITY_POLICY: dict[str, Any] = {"DIRECTIVES": _directives}
