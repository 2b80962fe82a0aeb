"""The methods of DataFrame, by what they are for. Each file's class is called DataFrame, so that messages name methods as PySpark does."""
