"""From rules to enrolments: what each rule asks of whom, kept in step with where people work."""
