"""The surveys as code: read and checked, compared with Typeform's, published."""
