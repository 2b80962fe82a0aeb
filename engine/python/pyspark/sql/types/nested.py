from typing import Any, Dict, Iterator, List, Optional, Union

from pyspark.errors import PySparkNotImplementedError, PySparkTypeError, PySparkValueError
from pyspark.sql.types.data_types import DataType


class ArrayType(DataType):
    def __init__(self, elementType: DataType, containsNull: bool = True):
        assert isinstance(elementType, DataType), "elementType %s should be an instance of %s" % (elementType, DataType)
        self.elementType = elementType
        self.containsNull = containsNull

    def simpleString(self) -> str:
        return "array<%s>" % self.elementType.simpleString()

    def __repr__(self) -> str:
        return "ArrayType(%s, %s)" % (self.elementType, str(self.containsNull))

    def jsonValue(self) -> Dict[str, Any]:
        return {"type": "array", "elementType": self.elementType.jsonValue(), "containsNull": self.containsNull}

    @classmethod
    def fromJson(cls, json: Dict[str, Any]) -> "ArrayType":
        return ArrayType(parse_json_value(json["elementType"]), json["containsNull"])

    def needConversion(self) -> bool:
        return self.elementType.needConversion()

    def toInternal(self, obj):
        return obj and [self.elementType.toInternal(value) for value in obj] if self.needConversion() else obj

    def fromInternal(self, obj):
        return obj and [self.elementType.fromInternal(value) for value in obj] if self.needConversion() else obj


class MapType(DataType):
    def __init__(self, keyType: DataType, valueType: DataType, valueContainsNull: bool = True):
        assert isinstance(keyType, DataType), "keyType %s should be an instance of %s" % (keyType, DataType)
        assert isinstance(valueType, DataType), "valueType %s should be an instance of %s" % (valueType, DataType)
        self.keyType = keyType
        self.valueType = valueType
        self.valueContainsNull = valueContainsNull

    def simpleString(self) -> str:
        return "map<%s,%s>" % (self.keyType.simpleString(), self.valueType.simpleString())

    def __repr__(self) -> str:
        return "MapType(%s, %s, %s)" % (self.keyType, self.valueType, str(self.valueContainsNull))

    def jsonValue(self) -> Dict[str, Any]:
        return {
            "type": "map",
            "keyType": self.keyType.jsonValue(),
            "valueType": self.valueType.jsonValue(),
            "valueContainsNull": self.valueContainsNull,
        }

    @classmethod
    def fromJson(cls, json: Dict[str, Any]) -> "MapType":
        key, value = parse_json_value(json["keyType"]), parse_json_value(json["valueType"])
        return MapType(key, value, json["valueContainsNull"])

    def needConversion(self) -> bool:
        return self.keyType.needConversion() or self.valueType.needConversion()

    def toInternal(self, obj):
        if not self.needConversion():
            return obj
        return obj and {self.keyType.toInternal(k): self.valueType.toInternal(v) for k, v in obj.items()}

    def fromInternal(self, obj):
        if not self.needConversion():
            return obj
        return obj and {self.keyType.fromInternal(k): self.valueType.fromInternal(v) for k, v in obj.items()}


class StructField(DataType):
    def __init__(self, name: str, dataType: DataType, nullable: bool = True, metadata: Optional[Dict[str, Any]] = None):
        assert isinstance(dataType, DataType), "dataType %s should be an instance of %s" % (dataType, DataType)
        assert isinstance(name, str), "field name %s should be a string" % name
        self.name = name
        self.dataType = dataType
        self.nullable = nullable
        self.metadata = metadata or {}

    def simpleString(self) -> str:
        return "%s:%s" % (self.name, self.dataType.simpleString())

    def __repr__(self) -> str:
        return "StructField('%s', %s, %s)" % (self.name, self.dataType, str(self.nullable))

    def jsonValue(self) -> Dict[str, Any]:
        return {
            "name": self.name,
            "type": self.dataType.jsonValue(),
            "nullable": self.nullable,
            "metadata": self.metadata,
        }

    @classmethod
    def fromJson(cls, json: Dict[str, Any]) -> "StructField":
        return StructField(json["name"], parse_json_value(json["type"]), json["nullable"], json.get("metadata"))

    def needConversion(self) -> bool:
        return self.dataType.needConversion()

    def toInternal(self, obj):
        return self.dataType.toInternal(obj)

    def fromInternal(self, obj):
        return self.dataType.fromInternal(obj)

    def typeName(self) -> str:
        raise PySparkTypeError(error_class="INVALID_TYPENAME_CALL", message_parameters={})


class StructType(DataType):
    def __init__(self, fields: Optional[List[StructField]] = None):
        self.fields = fields if fields else []
        self.names = [field.name for field in self.fields]
        assert all(isinstance(field, StructField) for field in self.fields), "fields should be a list of StructField"

    def add(
        self,
        field: Union[str, StructField],
        data_type: Optional[Union[str, DataType]] = None,
        nullable: bool = True,
        metadata: Optional[Dict[str, Any]] = None,
    ) -> "StructType":
        if not isinstance(field, StructField):
            if isinstance(field, str) and data_type is None:
                raise PySparkValueError(
                    error_class="ARGUMENT_REQUIRED",
                    message_parameters={"arg_name": "data_type", "condition": "passing name of struct_field to create"},
                )
            if isinstance(data_type, str):
                data_type = parse_json_value(data_type)
            field = StructField(field, data_type, nullable, metadata)
        self.fields.append(field)
        self.names.append(field.name)
        return self

    def __iter__(self) -> Iterator[StructField]:
        return iter(self.fields)

    def __len__(self) -> int:
        return len(self.fields)

    def __getitem__(self, key: Union[str, int]) -> StructField:
        if isinstance(key, str):
            for field in self:
                if field.name == key:
                    return field
            raise KeyError("No StructField named {0}".format(key))
        if isinstance(key, int):
            try:
                return self.fields[key]
            except IndexError:
                raise IndexError("StructType index out of range")
        if isinstance(key, slice):
            return StructType(self.fields[key])
        raise PySparkTypeError(
            error_class="NOT_INT_OR_SLICE_OR_STR",
            message_parameters={"arg_name": "key", "arg_type": type(key).__name__},
        )

    def simpleString(self) -> str:
        return "struct<%s>" % ",".join(field.simpleString() for field in self)

    def __repr__(self) -> str:
        return "StructType([%s])" % ", ".join(str(field) for field in self)

    def jsonValue(self) -> Dict[str, Any]:
        return {"type": "struct", "fields": [field.jsonValue() for field in self]}

    @classmethod
    def fromJson(cls, json: Dict[str, Any]) -> "StructType":
        return StructType([StructField.fromJson(field) for field in json["fields"]])

    def fieldNames(self) -> List[str]:
        return list(self.names)

    def needConversion(self) -> bool:
        return True

    def toInternal(self, obj):
        if obj is None:
            return None
        if isinstance(obj, dict):
            values = [obj.get(name) for name in self.names]
        elif isinstance(obj, (tuple, list)):
            values = obj
        elif hasattr(obj, "__dict__"):
            values = [obj.__dict__.get(name) for name in self.names]
        else:
            raise PySparkValueError(error_class="UNEXPECTED_TUPLE_WITH_STRUCT", message_parameters={"tuple": str(obj)})
        return tuple(field.toInternal(value) for field, value in zip(self.fields, values))

    def fromInternal(self, obj):
        from pyspark.sql.types.row import Row, create_row

        if obj is None or isinstance(obj, Row):
            return obj
        return create_row(self.names, [field.fromInternal(value) for field, value in zip(self.fields, obj)])


class UserDefinedType(DataType):
    """A learner's own type. Marea refuses it by name where it would be used."""

    @classmethod
    def typeName(cls) -> str:
        return cls.__name__.lower()

    @classmethod
    def sqlType(cls) -> DataType:
        raise PySparkNotImplementedError(error_class="NOT_IMPLEMENTED", message_parameters={"feature": "sqlType()"})

    @classmethod
    def module(cls) -> str:
        raise PySparkNotImplementedError(error_class="NOT_IMPLEMENTED", message_parameters={"feature": "module()"})

    def simpleString(self) -> str:
        return "udt"

    def jsonValue(self) -> Dict[str, Any]:
        raise PySparkNotImplementedError(error_class="NOT_IMPLEMENTED", message_parameters={"feature": "UserDefinedType"})


def parse_json_value(value: Union[dict, str]) -> DataType:
    from pyspark.sql.types.parse import parse_datatype_json_value

    return parse_datatype_json_value(value)
