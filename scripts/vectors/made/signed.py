"""What the groups of signature vectors share: the usual params, and one vector with all its steps."""
from .steps import canonical, ordered, steps

PARAMS = [("appid", "mch35005"), ("mch_order_no", "A-1"), ("nonce_str", "n1"), ("time_stamp", "20261124112030")]
TEXT = canonical(PARAMS)


def put(group, slug, comment, flags, key, params, signature, reason=None, **more):
    text = canonical(params)
    group.add(slug, comment, flags, result="invalid" if reason else "valid", reason=reason, params=[list(p) for p in params],
              pairs=[list(p) for p in ordered(params)], **steps(text, key), signature=signature, recovered=key.recovered(signature), **more)
