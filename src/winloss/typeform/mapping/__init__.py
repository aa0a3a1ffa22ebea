"""Which of our questions a form of somebody's own asks: proposed by likeness, decided by people."""
