"""Settings of sign-in: who may, with what proofs, how often and for how long."""

LOGIN_URL = "account_login"
AUTHENTICATION_BACKENDS = ["accounts.backends.StaffBackend"]
DEMO_ACCOUNTS = True  # whether accounts of the demo site may sign in
SUPERUSERS = True  # whether accounts with every right may sign in

# How long letters and requests about accounts are good, and who has been away for long.
ACCOUNT_CARE = {"invitation_days": 7, "request_days": 7, "stale_days": 90}

# Wagtail's own screens for passwords are off: ours ask for a fresh proof and mail a notice.
WAGTAIL_PASSWORD_RESET_ENABLED = False
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False

# A session ends by itself. What the editor asks in the background keeps none alive.
STAFF_SESSION = {"idle_minutes": 30, "hours": 12}
SESSION_COOKIE_AGE = STAFF_SESSION["hours"] * 3600
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"

# Wrong passwords and codes, counted in the database for all processes. A passkey is never counted.
SIGN_IN_TRIES = {"account": 5, "client": 30, "minutes": 15}

ACCOUNT_ADAPTER = "accounts.adapters.AccountAdapter"
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_FORMS = {
    "login": "accounts.forms.PasswordForm",
}
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_RATE_LIMITS = False  # they count in the cache, which each process has for itself
ACCOUNT_REAUTHENTICATION_TIMEOUT = 300
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None

MFA_ADAPTER = "accounts.adapters.FactorAdapter"
MFA_ALLOW_UNVERIFIED_EMAIL = True  # an administrator made the account with its address
MFA_FORMS = {
    "authenticate": "accounts.forms.SecondFactorForm",
    "reauthenticate": "accounts.forms.FreshCodeForm",
    "activate_totp": "accounts.forms.NewAppForm",
    "add_webauthn": "accounts.forms.NewPasskeyForm",
    "authenticate_webauthn": "accounts.forms.PasskeyForm",
    "edit_webauthn": "accounts.forms.PasskeyNameForm",
    "login_webauthn": "accounts.forms.PasskeyAloneForm",
    "reauthenticate_webauthn": "accounts.forms.FreshPasskeyForm",
}
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_RATE_LIMITS = False
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_TOTP_ISSUER = "Chancery"
MFA_WEBAUTHN_USER_VERIFICATION = "required"  # a finger, a face or a PIN: a passkey is two factors
