"""The generator that judges: written when the rules stood, by someone who had not read them, and run when asked for by name."""
