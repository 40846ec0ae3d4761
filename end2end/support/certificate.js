// A certificate that signs for itself, as a mail server inside an organisation has it. Written here, since
// neither Node nor every machine has something that makes one: X.509 v3 (RFC 5280) is DER all the way down.
import { createSign, generateKeyPairSync } from 'node:crypto';

const der = (tag, ...parts) => {
  const body = Buffer.concat(parts);
  const size = body.length < 128 ? [body.length] : body.length < 256 ? [0x81, body.length] : [0x82, body.length >> 8, body.length & 255];
  return Buffer.concat([Buffer.from([tag, ...size]), body]);
};
const sequence = (...parts) => der(0x30, ...parts);
const identifier = (hex) => der(0x06, Buffer.from(hex, 'hex'));
const ECDSA_WITH_SHA256 = sequence(identifier('2a8648ce3d040302'));
const COMMON_NAME = '550403';
const SUBJECT_ALTERNATIVE_NAME = '551d11';

const named = (name) => sequence(der(0x31, sequence(identifier(COMMON_NAME), der(0x0c, Buffer.from(name)))));
const time = (date) => der(0x18, Buffer.from(`${date.toISOString().replace(/[-:T]|\.\d+/g, '')}`));

/**
 * A key and the certificate of it, as PEM, for one host: a name, or an IPv4 address. It is good from an hour ago
 * for so many days.
 */
export function certificate(host, { days = 1 } = {}) {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const address = /^[\d.]+$/.test(host) && Buffer.from(host.split('.').map(Number));
  const names = sequence(address ? der(0x87, address) : der(0x82, Buffer.from(host)));
  const from = new Date(Date.now() - 3_600_000);
  const signed = sequence(
    der(0xa0, der(0x02, Buffer.from([2]))),
    der(0x02, Buffer.from([1])),
    ECDSA_WITH_SHA256,
    named(host),
    sequence(time(from), time(new Date(from.getTime() + days * 86_400_000))),
    named(host),
    publicKey.export({ type: 'spki', format: 'der' }),
    der(0xa3, sequence(sequence(identifier(SUBJECT_ALTERNATIVE_NAME), der(0x04, names)))),
  );
  const signature = createSign('sha256').update(signed).sign(privateKey);
  const whole = sequence(signed, ECDSA_WITH_SHA256, der(0x03, Buffer.from([0]), signature));
  return {
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }),
    cert: `-----BEGIN CERTIFICATE-----\n${whole.toString('base64').match(/.{1,64}/g).join('\n')}\n-----END CERTIFICATE-----\n`,
  };
}
