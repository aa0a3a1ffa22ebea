"""A plainly invented company, so that everything works the day it is installed."""
