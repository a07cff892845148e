/** A genuine answer that the gateway once gave and somebody published. */
export interface PublishedAnswer {
  /** Its id among the vectors, `rse-28`. */
  readonly id: string;
  readonly mch_order_no: string;
  readonly appid: string;
  readonly result: string;
  /** The body, whose signature is the production gateway's. */
  readonly body: string;
}

/**
 * The answer with one member of `data` changed and the signature left: what a client must refuse (QRY-003). CLOSED and
 * the like become SUCCESS, and SUCCESS becomes CLOSED: the change that would cost money.
 */
export function tampered({ body, result }: PublishedAnswer): string {
  const other = result === "SUCCESS" ? "CLOSED" : "SUCCESS";
  return body.replace(/("result"\s*:\s*")[^"]*(")/, `$1${other}$2`);
}
