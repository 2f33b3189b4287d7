"""Drawing a module step by step: the learner's page and the trainer's preview use this one code."""
