"""What is true of membership lists, of terms of reference and of safeguarding leads."""
