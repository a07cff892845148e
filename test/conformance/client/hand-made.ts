import { createPrivateKey, createPublicKey, type KeyObject, randomBytes, sign, verify } from "node:crypto";
import { Doubled, integerOf, type Json, memberOf, readJson, textOf } from "./json.js";
import { kept } from "./kept-keys.js";
import { type Answer, type Call, send } from "./wire.js";
import { CANCEL_WORDS, PATHS, QUERY_TEXTS, RESULT_WORDS } from "./words.js";

/** The arguments of an operation, as write-an-adapter.md lists them. */
export type Args = Readonly<Record<string, unknown>>;
export type Fields = ReadonlyMap<string, string>;
export type Pair = readonly [name: string, value: string];
export type Op = "create" | "cancel" | "query";
type Outcome = { outcome: string };

/**
 * A correct client, written by hand with Node alone and nothing of ours: each step is a method, so that a style or a
 * fault is one method put in another's place.
 */
export class HandMade {
  /** What this client remembers between calls; a restart forgets it. */
  readonly memory = new Map<string, unknown>();
  /** What it writes to its log. */
  readonly written: string[] = [];

  // --- the signature of a request
  canonical(fields: Fields): string {
    const pairs = [...fields].filter(([name, value]) => this.isSigned(name, value));
    return this.join(this.order(pairs).map((pair) => this.pair(pair)));
  }
  isSigned(name: string, _value: string): boolean {
    return name !== "sign";
  }
  order(pairs: Pair[]): Pair[] {
    return pairs.sort(([a], [b]) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
  }
  pair([name, value]: Pair): string {
    return `${name}=${this.value(value)}`;
  }
  value(value: string): string {
    return value;
  }
  join(pairs: string[]): string {
    return pairs.join("");
  }
  bytes(text: string): Buffer {
    return Buffer.from(text, "utf8");
  }
  rsaSign(message: Buffer, key: KeyObject): Buffer {
    return sign("RSA-MD5", message, key);
  }
  writeSignature(signature: Buffer): string {
    return signature.toString("hex");
  }
  readPrivateKey(args: Args): KeyObject {
    return kept(`private ${args.private_key}`, () => createPrivateKey(String(args.private_key)));
  }
  signature(fields: Fields, args: Args): string {
    return this.writeSignature(this.rsaSign(this.bytes(this.canonical(fields)), this.readPrivateKey(args)));
  }

  // --- the request
  nonce(_op: Op): string {
    return randomBytes(16).toString("hex");
  }
  timeStamp(): string {
    return new Date().toISOString().replace(/\D/g, "").slice(0, 14);
  }
  orderNumber(number: string): string {
    return number;
  }
  business(op: Op, args: Args): Pair[] {
    const number: Pair = ["mch_order_no", this.orderNumber(String(args.mch_order_no))];
    if (op !== "create") return [number];
    const names = ["total_fee", "fee_type", "channel_list", "attach"].filter((name) => name in args);
    return [number, ...names.map((name): Pair => [name, String(args[name])])];
  }
  fields(op: Op, args: Args): Fields {
    const fields = new Map<string, string>([
      ["appid", String(args.appid)],
      ["nonce_str", this.nonce(op)],
      ["time_stamp", this.timeStamp()],
      ...(typeof args.lang === "string" ? [["lang", args.lang] as const] : []),
      ...this.business(op, args),
    ]);
    return fields.set("sign", this.signature(fields, args));
  }
  encode(text: string): string {
    return encodeURIComponent(text)
      .replace(/[!'()~]/g, (letter) => `%${letter.charCodeAt(0).toString(16)}`)
      .replace(/%20/g, "+");
  }
  body(fields: Fields): string {
    return [...fields].map(([name, value]) => `${this.encode(name)}=${this.encode(value)}`).join("&");
  }
  headers(_args: Args): Record<string, string> {
    return { "content-type": "application/x-www-form-urlencoded" };
  }
  url(op: Op, args: Args): string {
    return `${args.base_url}${PATHS[op]}`;
  }
  call(op: Op, args: Args): Call {
    return {
      url: this.url(op, args),
      method: "POST",
      headers: this.headers(args),
      body: this.body(this.fields(op, args)),
      timeoutMs: Number(args.timeout_ms),
      most: 1 << 20,
      ...(typeof args.ca === "string" ? { ca: args.ca } : {}),
    };
  }
  exchange(op: Op, args: Args): Promise<Answer | null> {
    return send(this.call(op, args));
  }

  // --- what an answer says
  open(answer: Answer | null): Json | null | "doubled" {
    if (answer === null || answer.status !== 200) return null;
    try {
      return this.parse(new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(answer.body));
    } catch (error) {
      return error instanceof Doubled ? "doubled" : null;
    }
  }
  parse(text: string): Json {
    return readJson(text);
  }
  code(envelope: Json): number | undefined {
    return integerOf(memberOf(envelope, "code"));
  }
  cancelWord(envelope: Json | null | "doubled", _args: Args): string {
    if (envelope === null || envelope === "doubled") return "unknown";
    return CANCEL_WORDS[this.code(envelope) ?? Number.NaN] ?? "unknown";
  }
  queryWord(envelope: Json | null | "doubled", args: Args): string {
    if (envelope === "doubled") return "untrusted";
    if (envelope === null) return "unknown";
    const code = this.code(envelope);
    if (code === -3) return "not_found";
    if (code !== 0) return "unknown";
    const data = memberOf(envelope, "data");
    if (!this.trusts(data, memberOf(envelope, "sign"), args) || !this.isAbout(data, args)) return "untrusted";
    return this.resultWord(textOf(memberOf(data, "result")) ?? "");
  }
  resultWord(result: string): string {
    return RESULT_WORDS[result] ?? "unknown";
  }
  isAbout(data: Json | undefined, args: Args): boolean {
    return (["mch_order_no", "appid"] as const).every((name) => textOf(memberOf(data, name)) === args[name]);
  }

  // --- the signature of an answer
  trusts(data: Json | undefined, signature: Json | undefined, args: Args): boolean {
    return this.verifies(data, textOf(signature), args) && this.hasShape(data);
  }
  verifies(data: Json | undefined, signature: string | undefined, args: Args): boolean {
    if (data?.is !== "object" || signature === undefined) return false;
    const fields = new Map([...data.members].map(([name, value]) => [name, this.signedText(value)]));
    const key = this.readPublicKey(args);
    const bytes = this.readSignature(signature, key);
    return bytes !== null && this.rsaVerify(this.bytes(this.verified(fields)), bytes, key);
  }
  /** The text that an answer's signature covers. */
  verified(fields: Fields): string {
    return this.canonical(fields);
  }
  readPublicKey(args: Args): KeyObject {
    return kept(`public ${args.public_key}`, () => createPublicKey(String(args.public_key)));
  }
  readSignature(text: string, key: KeyObject): Buffer | null {
    const digits = 2 * Math.ceil(Number(key.asymmetricKeyDetails?.modulusLength) / 8);
    return text.length === digits && /^[0-9a-f]+$/i.test(text) ? Buffer.from(text, "hex") : null;
  }
  rsaVerify(message: Buffer, signature: Buffer, key: KeyObject): boolean {
    return verify("RSA-MD5", message, key, signature);
  }
  signedText(json: Json): string {
    return json.is === "text" ? json.text : this.compact(json);
  }
  compact(json: Json): string {
    switch (json.is) {
      case "text":
        return JSON.stringify(json.text);
      case "number":
        return json.digits;
      case "word":
        return json.word;
      case "list":
        return `[${json.items.map((item) => this.compact(item)).join(",")}]`;
      case "object": {
        const names = [...json.members.keys()].sort();
        const inner = names.map((name) => `${JSON.stringify(name)}:${this.compact(memberOf(json, name)!)}`);
        return `{${inner.join(",")}}`;
      }
    }
  }
  hasShape(data: Json | undefined): boolean {
    const whole = (name: string): boolean => integerOf(memberOf(data, name)) !== undefined;
    return (
      QUERY_TEXTS.split(" ").every((name) => textOf(memberOf(data, name)) !== undefined) &&
      whole("total_fee") &&
      (whole("cash_fee") || textOf(memberOf(data, "cash_fee")) !== undefined)
    );
  }

  // --- the operations
  async doCreate(args: Args): Promise<Outcome> {
    const envelope = this.open(await this.exchange("create", args));
    if (envelope === null || envelope === "doubled") return { outcome: "unknown" };
    const code = this.code(envelope);
    return { outcome: code === 0 ? "created" : code === undefined ? "unknown" : "rejected" };
  }
  async doCancel(args: Args): Promise<Outcome> {
    const outcome = this.cancelWord(this.open(await this.exchange("cancel", args)), args);
    if (outcome === "unknown" || outcome === "failed") await this.confirm(args);
    return { outcome };
  }
  async confirm(args: Args): Promise<string> {
    return this.queryWord(this.open(await this.exchange("query", args)), args);
  }
  async doQuery(args: Args): Promise<Outcome> {
    return { outcome: this.queryWord(this.open(await this.exchange("query", args)), args) };
  }
  doNotify(args: Args): Outcome & { reply: string } {
    const outcome = this.notifyWord(String(args.body), args);
    return { outcome, reply: this.reply(outcome) };
  }
  notifyWord(body: string, args: Args): string {
    try {
      const envelope = this.parse(body);
      if (!this.trusts(memberOf(envelope, "data"), memberOf(envelope, "sign"), args)) return "untrusted";
      const paid = textOf(memberOf(memberOf(envelope, "data"), "result")) === "SUCCESS";
      return this.code(envelope) === 0 && paid ? "paid" : "unknown";
    } catch (error) {
      return error instanceof Doubled ? "untrusted" : "unknown";
    }
  }
  reply(outcome: string): string {
    return outcome === "paid" ? '{"result": "SUCCESS", "msg": "OK"}' : '{"result": "FAIL", "msg": "refused"}';
  }
  doVerify(args: Args): boolean {
    try {
      const data = this.parse(String(args.data_text));
      return this.verifies(data, String(args.sign), args);
    } catch {
      return false;
    }
  }
}
