"""Files of evidence in a bucket that speaks S3, for several servers. Loaded only where one is set."""

import hashlib
from io import BytesIO
from typing import Any, BinaryIO

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from compliance.storage.store import Missing, NotKept

# In seconds; a bucket that is gone must not hold up a worker.
PATIENCE = Config(connect_timeout=3, read_timeout=20, retries={"max_attempts": 2})


class Bucket:
    """A store in one bucket; who may use it is told to the library by its own settings."""

    def __init__(self, bucket: str, address: str = "") -> None:
        self.bucket = bucket
        self.client: Any = boto3.client("s3", endpoint_url=address or None, config=PATIENCE)

    def keep(self, content: bytes) -> str:
        """Keep the content whole or not at all; its SHA-256. Raises NotKept."""
        sha256 = hashlib.sha256(content).hexdigest()
        try:
            self.client.put_object(
                Bucket=self.bucket, Key=sha256, Body=content, ContentType="application/octet-stream"
            )
        except (BotoCoreError, ClientError) as error:
            raise NotKept from error
        return sha256

    def open(self, sha256: str) -> BinaryIO:
        """The content; raises Missing when the bucket does not hold it or does not answer."""
        try:
            return BytesIO(self.client.get_object(Bucket=self.bucket, Key=sha256)["Body"].read())
        except (BotoCoreError, ClientError) as error:
            raise Missing(sha256) from error

    def works(self) -> bool:
        """Whether the bucket is there for us."""
        try:
            self.client.head_bucket(Bucket=self.bucket)
        except (BotoCoreError, ClientError):
            return False
        return True
