package ksher;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.interfaces.RSAPrivateKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The canonical text, and RSASSA-PKCS1-v1_5 with MD5 over it (SIG-001 to SIG-012). */
public final class Signing {
    /** DigestInfo { AlgorithmIdentifier { md5, NULL }, OCTET STRING (16) }: RFC 8017, 9.2, note 1. */
    private static final byte[] MD5_PREFIX = HexFormat.of().parseHex("3020300c06082a864886f70d020505000410");
    /** AlgorithmIdentifier { rsaEncryption, NULL }. */
    private static final byte[] RSA_ALGORITHM = HexFormat.of().parseHex("300d06092a864886f70d0101010500");
    private static final Pattern PEM =
        Pattern.compile("-----BEGIN ([A-Z ]+)-----\\s*([A-Za-z0-9+/=\\s]+)-----END \\1-----");

    private Signing() {}

    /** What is signed: name=value of all params but `sign`, by name, ascending by byte, nothing between. */
    public static String canonical(Map<String, String> params) {
        TreeMap<String, String> sorted = new TreeMap<>(Json::compareBytes);
        sorted.putAll(params);
        sorted.remove("sign");
        StringBuilder text = new StringBuilder();
        sorted.forEach((name, value) -> text.append(name).append('=').append(value));
        return text.toString();
    }

    /** The signature of a text in lower-case hex, leading zeros kept. */
    public static String sign(String canonical, RSAPrivateKey key)
        throws GeneralSecurityException, CharacterCodingException {
        Signature signature = Signature.getInstance("MD5withRSA");
        signature.initSign(key);
        signature.update(utf8(canonical));
        return HexFormat.of().formatHex(signature.sign());
    }

    /** Whether a signature covers the members of `data`, all of them and only those (QRY-001, QRY-004). */
    public static boolean verifyData(Object data, Object sign, RSAPublicKey key) {
        if (!(data instanceof Map<?, ?> members) || !(sign instanceof String signature)) return false;
        TreeMap<String, String> params = new TreeMap<>(Json::compareBytes);
        members.forEach((name, value) ->
            params.put((String) name, value instanceof String text ? text : Json.compact(value)));
        try {
            return verify(canonical(params), signature, key);
        } catch (CharacterCodingException halfASurrogatePair) {
            return false;
        }
    }

    /**
     * Whether a signature, hex of either case, is exactly this key's over a text: the recovered block is compared as a
     * whole (QRY-009). The JDK's own verifier parses the block, and takes one whose DigestInfo leaves NULL out.
     */
    public static boolean verify(String canonical, String signature, RSAPublicKey key) throws CharacterCodingException {
        int size = (key.getModulus().bitLength() + 7) / 8;
        if (signature.length() != 2 * size || !signature.matches("[0-9a-fA-F]*")) return false;
        BigInteger s = new BigInteger(signature, 16);
        if (s.compareTo(key.getModulus()) >= 0) return false;
        BigInteger block = s.modPow(key.getPublicExponent(), key.getModulus());
        return block.equals(new BigInteger(1, encoded(utf8(canonical), size)));
    }

    /** EMSA-PKCS1-v1_5 (RFC 8017, 9.2). */
    private static byte[] encoded(byte[] message, int size) {
        byte[] block = new byte[size];
        Arrays.fill(block, (byte) 0xff);
        int info = size - MD5_PREFIX.length - 16;
        block[0] = 0;
        block[1] = 1;
        block[info - 1] = 0;
        System.arraycopy(MD5_PREFIX, 0, block, info, MD5_PREFIX.length);
        try {
            System.arraycopy(MessageDigest.getInstance("MD5").digest(message), 0, block, size - 16, 16);
        } catch (GeneralSecurityException everyJavaHasMd5) {
            throw new IllegalStateException(everyJavaHasMd5);
        }
        return block;
    }

    /** UTF-8, strictly: String.getBytes would put a question mark for half a surrogate pair (SIG-006). */
    private static byte[] utf8(String text) throws CharacterCodingException {
        ByteBuffer bytes = StandardCharsets.UTF_8.newEncoder().encode(java.nio.CharBuffer.wrap(text));
        return Arrays.copyOf(bytes.array(), bytes.limit());
    }

    /** A private key from PEM, PKCS#1 (as the merchant portal issues it) or PKCS#8 (SIG-010). */
    public static RSAPrivateKey privateKey(String pem) throws GeneralSecurityException {
        Matcher block = block(pem);
        byte[] der = Base64.getMimeDecoder().decode(block.group(2));
        byte[] pkcs8 = switch (block.group(1)) {
            case "PRIVATE KEY" -> der;
            case "RSA PRIVATE KEY" -> der(0x30, new byte[] {2, 1, 0}, RSA_ALGORITHM, der(0x04, der));
            default -> throw new IllegalArgumentException("expected a private key, found " + block.group(1));
        };
        return (RSAPrivateKey) KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
    }

    /** A public key from PEM, SPKI or PKCS#1 (SIG-010). */
    public static RSAPublicKey publicKey(String pem) throws GeneralSecurityException {
        Matcher block = block(pem);
        byte[] der = Base64.getMimeDecoder().decode(block.group(2));
        byte[] spki = switch (block.group(1)) {
            case "PUBLIC KEY" -> der;
            case "RSA PUBLIC KEY" -> der(0x30, RSA_ALGORITHM, der(0x03, new byte[] {0}, der));
            default -> throw new IllegalArgumentException("expected a public key, found " + block.group(1));
        };
        return (RSAPublicKey) KeyFactory.getInstance("RSA").generatePublic(new X509EncodedKeySpec(spki));
    }

    private static Matcher block(String pem) {
        Matcher found = PEM.matcher(pem);
        if (!found.find()) throw new IllegalArgumentException("expected a PEM block, found none");
        return found;
    }

    /** A DER value around others. */
    private static byte[] der(int tag, byte[]... parts) {
        int length = Arrays.stream(parts).mapToInt(part -> part.length).sum();
        byte[] size = length < 0x80 ? new byte[] {(byte) length}
            : length < 0x100 ? new byte[] {(byte) 0x81, (byte) length}
            : new byte[] {(byte) 0x82, (byte) (length >> 8), (byte) length};
        ByteBuffer made = ByteBuffer.allocate(1 + size.length + length).put((byte) tag).put(size);
        for (byte[] part : parts) made.put(part);
        return made.array();
    }
}
