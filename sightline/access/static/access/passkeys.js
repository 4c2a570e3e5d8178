// Tells the sign-in library's script about each passkey button of the page: its field, and what to ask the device for.
document.addEventListener('DOMContentLoaded', () => {
  const names = { loginForm: 'login', addForm: 'add', authenticateForm: 'authenticate' }
  document.querySelectorAll('[data-passkey]').forEach((button) => {
    const { passkey, credential, alone, request } = button.dataset
    const ids = { [names[passkey]]: button.id, credential }
    if (alone) ids.passwordless = alone
    window.allauth.webauthn.forms[passkey]({ ids, data: request && JSON.parse(request) })
  })
})
