// Says to the style sheet that JavaScript runs. In a file of its own: the security policy allows no inline script.
document.body.className += " js-enabled" + ("noModule" in HTMLScriptElement.prototype ? " govuk-frontend-supported" : "");
