import re

from pyspark.errors.messages import MESSAGES


class ErrorClassesReader:
    """Texts by error class."""

    def get_error_message(self, error_class: str, message_parameters: dict) -> str:
        template = self.get_message_template(error_class)
        wanted = re.findall("<([a-zA-Z0-9_-]+)>", template)
        assert set(wanted) == set(message_parameters), (
            f"Undefined error message parameter for error class: {error_class}. Parameters: {message_parameters}"
        )
        return re.sub("<([a-zA-Z0-9_-]+)>", lambda found: str(message_parameters[found[1]]), template)

    def get_message_template(self, error_class: str) -> str:
        if error_class not in MESSAGES:
            raise ValueError(f"Cannot find main error class '{error_class}'")
        return MESSAGES[error_class]
