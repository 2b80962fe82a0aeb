"""Only the names that programs meet when Spark fails: nothing here talks to Java."""
