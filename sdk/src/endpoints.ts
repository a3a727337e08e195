/**
 * Every operation of the cloud as an endpoint object, to be called with `Api.call`:
 * `new Api(context, "/").call(getHealth, undefined, {})`. The classes are made of these.
 */
export * from "@corbenic/protocol";
