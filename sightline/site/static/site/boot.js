// Brings the GOV.UK components to life. Every page works without.
window.GOVUKFrontend.initAll();
