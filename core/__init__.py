"""The small shared floor: verdicts, the web's manners, post, PDF, jobs, references. A closed list of modules."""
