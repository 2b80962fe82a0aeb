"""What writes answer."""


class _WriteResult:
    """Every write here is acknowledged."""

    acknowledged = True


class InsertOneResult(_WriteResult):
    def __init__(self, inserted_id, acknowledged=True):
        self.inserted_id = inserted_id

    def __repr__(self):
        return f"InsertOneResult({self.inserted_id!r}, acknowledged=True)"


class InsertManyResult(_WriteResult):
    def __init__(self, inserted_ids, acknowledged=True):
        self.inserted_ids = inserted_ids

    def __repr__(self):
        return f"InsertManyResult({self.inserted_ids!r}, acknowledged=True)"


class UpdateResult(_WriteResult):
    def __init__(self, raw_result, acknowledged=True, in_client_bulk=False):
        self.raw_result = raw_result

    @property
    def matched_count(self) -> int:
        return 0 if self.upserted_id is not None else self.raw_result.get("n", 0)

    @property
    def modified_count(self) -> int:
        return self.raw_result.get("nModified", 0)

    @property
    def upserted_id(self):
        return self.raw_result.get("upserted")

    @property
    def did_upsert(self) -> bool:
        return "upserted" in self.raw_result

    def __repr__(self):
        return f"UpdateResult({self.raw_result!r}, acknowledged=True)"


class DeleteResult(_WriteResult):
    def __init__(self, raw_result, acknowledged=True):
        self.raw_result = raw_result

    @property
    def deleted_count(self) -> int:
        return self.raw_result.get("n", 0)

    def __repr__(self):
        return f"DeleteResult({self.raw_result!r}, acknowledged=True)"


class BulkWriteResult(_WriteResult):
    def __init__(self, bulk_api_result, acknowledged=True):
        self.bulk_api_result = bulk_api_result

    @property
    def inserted_count(self) -> int:
        return self.bulk_api_result["nInserted"]

    @property
    def matched_count(self) -> int:
        return self.bulk_api_result["nMatched"]

    @property
    def modified_count(self) -> int:
        return self.bulk_api_result["nModified"]

    @property
    def deleted_count(self) -> int:
        return self.bulk_api_result["nRemoved"]

    @property
    def upserted_count(self) -> int:
        return self.bulk_api_result["nUpserted"]

    @property
    def upserted_ids(self) -> dict:
        return {each["index"]: each["_id"] for each in self.bulk_api_result["upserted"]}

    def __repr__(self):
        return f"BulkWriteResult({self.bulk_api_result!r}, acknowledged=True)"
