"""Every read of the registry that crosses tables. Row rules do the hiding; who looked at a person is remembered here."""
