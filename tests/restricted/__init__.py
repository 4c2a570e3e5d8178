"""An app of the tests alone: a restricted record with a case list, so that every way it could leak can be tried."""
