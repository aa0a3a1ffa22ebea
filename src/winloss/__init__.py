"""Why customers chose someone else or left, in their own words, beside what we believed."""
