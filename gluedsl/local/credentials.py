"""How AWS clients find the local Glue, and nothing else of AWS."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

import boto3
import botocore.session
from botocore.config import Config
from botocore.configprovider import ConstantProvider
from botocore.loaders import create_loader

if TYPE_CHECKING:
    from collections.abc import Mapping, MutableMapping

    from botocore.loaders import Loader

ACCESS_KEY = "local-glue"
"""Stands for credentials: they give access to nothing."""


def client_settings(endpoint_url: str, region: str) -> dict[str, str]:
    """Return what `boto3.client` needs beside the name of a service."""
    return {
        "endpoint_url": endpoint_url,
        "region_name": region,
        "aws_access_key_id": ACCESS_KEY,
        "aws_secret_access_key": ACCESS_KEY,
    }


def session(endpoint_url: str, region: str) -> boto3.Session:
    """Return a session whose clients reach the local Glue, whatever this machine's AWS configuration says.

    A profile that does not exist, a proxy or a FIPS endpoint of the environment would break an ordinary session.
    """
    own = botocore.session.Session()
    own.register_component("data_loader", _loader())
    for variable, value in {
        "profile": None,
        "config_file": "/dev/null",
        "credentials_file": "/dev/null",
        "ca_bundle": None,
        "use_fips_endpoint": False,
        "use_dualstack_endpoint": False,
    }.items():
        own.get_component("config_store").set_config_provider(variable, ConstantProvider(value))
    own.set_default_client_config(Config(proxies={}, max_pool_connections=32))
    return _LocalSession(endpoint_url, own, region)


class _LocalSession(boto3.Session):
    """A session all of whose clients have one endpoint; botocore keeps no endpoint for a session of its own."""

    def __init__(self, endpoint_url: str, botocore_session: botocore.session.Session, region: str) -> None:
        super().__init__(
            botocore_session=botocore_session,
            region_name=region,
            aws_access_key_id=ACCESS_KEY,
            aws_secret_access_key=ACCESS_KEY,
        )
        self._endpoint_url = endpoint_url

    def client(self, service_name: str, **settings: Any) -> Any:  # type: ignore[override]  # one line for hundreds
        """Return a client of a service of the local Glue."""
        return super().client(service_name, **settings | {"endpoint_url": self._endpoint_url})  # type: ignore[call-overload]

    def resource(self, service_name: str, **settings: Any) -> Any:  # type: ignore[override]  # one line for hundreds
        """Return a resource of the local Glue."""
        return super().resource(service_name, **settings | {"endpoint_url": self._endpoint_url})  # type: ignore[call-overload]


@cache
def _loader() -> Loader:
    """Return a loader that has read the models of the services once."""
    return create_loader()


def environment(endpoint_url: str, region: str) -> dict[str, str]:
    """Return environment variables that lead any AWS client to the local Glue, and away from real accounts.

    https://docs.aws.amazon.com/sdkref/latest/guide/settings-reference.html
    """
    return {
        "AWS_ENDPOINT_URL": endpoint_url,
        "AWS_ACCESS_KEY_ID": ACCESS_KEY,
        "AWS_SECRET_ACCESS_KEY": ACCESS_KEY,
        "AWS_REGION": region,
        "AWS_DEFAULT_REGION": region,
        "AWS_CONFIG_FILE": "/dev/null",
        "AWS_SHARED_CREDENTIALS_FILE": "/dev/null",
        "AWS_EC2_METADATA_DISABLED": "true",
        "AWS_ALLOW_HTTP": "true",  # polars and delta-rs refuse plain HTTP without it
    }


def in_the_way(process: Mapping[str, str]) -> list[str]:
    """Return the variables of an environment that win over `environment`, or break clients that have it.

    A profile is looked for in the configuration, which is empty then.
    """
    profiles = {"AWS_PROFILE", "AWS_DEFAULT_PROFILE"}
    return sorted(name for name in process if name in profiles or name.startswith("AWS_ENDPOINT_URL_"))


def forget_aws(process: MutableMapping[str, str]) -> None:
    """See to it that a process, whose environment this is, reaches no real account, and has no proxy in between.

    An endpoint of one service (`AWS_ENDPOINT_URL_S3`) would win over the local Glue's.
    """
    for name in [name for name in process if name.startswith("AWS_")]:
        del process[name]
    for name in ("NO_PROXY", "no_proxy"):
        process[name] = ",".join(filter(None, (process.get(name), "127.0.0.1")))
