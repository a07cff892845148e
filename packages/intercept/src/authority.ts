export {
  type Authority,
  CERTIFICATE_FLAWS,
  type Certificate,
  type CertificateFlaw,
  createAuthority,
} from "@ksherproof/gateway";
