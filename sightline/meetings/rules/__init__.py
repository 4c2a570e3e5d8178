"""What is true of meetings: plain values, no clock."""
