"""The addresses of sign-in, by the names that allauth knows them by; what it has besides is off.

Nobody signs up, and no password is reset by mail: whoever reads somebody's mail would be them.
"""

from django.urls import path

from accounts import security, views, welcome

urlpatterns = [
    path("sign-in/", views.SignIn.as_view(), name="account_login"),
    path("sign-in/code/", views.SecondFactor.as_view(), name="mfa_authenticate"),
    path("sign-in/passkey/", views.PasskeyAlone.as_view(), name="mfa_login_webauthn"),
    path("sign-out/", views.SignOut.as_view(), name="account_logout"),
    path("invitation/", welcome.Welcome.as_view(), name="invitation"),
    path("invitation/<str:token>/", welcome.open_invitation, name="open_invitation"),
    path("prove/code/", views.CodeAgain.as_view(), name="mfa_reauthenticate"),
    path("prove/passkey/", views.PasskeyAgain.as_view(), name="mfa_reauthenticate_webauthn"),
    path("prove/passkey/challenge/", views.passkey_challenge, name="passkey_challenge"),
    path("security/", security.Security.as_view(), name="mfa_index"),
    path("security/passkeys/add/", security.AddPasskey.as_view(), name="mfa_add_webauthn"),
    path("security/passkeys/<int:pk>/", security.NamePasskey.as_view(), name="mfa_edit_webauthn"),
    path(
        "security/passkeys/<int:pk>/remove/",
        security.RemovePasskey.as_view(),
        name="mfa_remove_webauthn",
    ),
    path("security/app/add/", security.AddApp.as_view(), name="mfa_activate_totp"),
    path("security/app/remove/", security.RemoveApp.as_view(), name="mfa_deactivate_totp"),
    path("security/codes/", security.Codes.as_view(), name="mfa_view_recovery_codes"),
    path("security/codes/file/", security.download_codes, name="mfa_download_recovery_codes"),
    path("security/codes/new/", security.NewCodes.as_view(), name="mfa_generate_recovery_codes"),
    path("security/password/", security.Password.as_view(), name="account_change_password"),
    path("security/sign-out/", security.sign_out_everywhere, name="sign_out_everywhere"),
]

# In place of the pages for the same that Wagtail and Django have.
instead = [
    path("admin/login/", views.to_sign_in),
    path("django-admin/login/", views.to_sign_in),
    path("django-admin/password_change/", views.to_password),
]
