"""What a policy says or denies: rules over its statements, and what follows for its reader."""
