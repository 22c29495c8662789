/*
 * How a server signs who its customer is, in the languages shops are written in. The secret stays on the server: it is
 * read from the environment and never part of a page.
 */

export const LANGUAGES = ["node", "python", "php", "ruby", "go"] as const;
export type Language = (typeof LANGUAGES)[number];

export const SNIPPETS: Readonly<Record<Language, string>> = {
  node: `import { createHmac } from "node:crypto";

const base64url = (text) => Buffer.from(text).toString("base64url");

export function identityToken(user) {
  const header = base64url(JSON.stringify({ alg: "HS256", typ: "JWT" }));
  const claims = base64url(
    JSON.stringify({
      externalId: String(user.id),
      name: user.name,
      iat: Math.floor(Date.now() / 1000),
    }),
  );
  const signature = createHmac("sha256", process.env.KITHDESK_IDENTITY_SECRET)
    .update(\`\${header}.\${claims}\`)
    .digest("base64url");
  return \`\${header}.\${claims}.\${signature}\`;
}`,
  python: `import base64, hashlib, hmac, json, os, time


def _base64url(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def identity_token(user) -> str:
    header = _base64url(json.dumps({"alg": "HS256", "typ": "JWT"}).encode())
    claims = _base64url(
        json.dumps(
            {
                "externalId": str(user.id),
                "name": user.name,
                "iat": int(time.time()),
            }
        ).encode()
    )
    key = os.environ["KITHDESK_IDENTITY_SECRET"].encode()
    signature = hmac.digest(key, f"{header}.{claims}".encode(), hashlib.sha256)
    return f"{header}.{claims}.{_base64url(signature)}"`,
  php: `<?php
function base64url(string $raw): string {
    return rtrim(strtr(base64_encode($raw), '+/', '-_'), '=');
}

function identity_token($user): string {
    $header = base64url(json_encode(['alg' => 'HS256', 'typ' => 'JWT']));
    $claims = base64url(json_encode([
        'externalId' => (string) $user->id,
        'name' => $user->name,
        'iat' => time(),
    ]));
    $secret = getenv('KITHDESK_IDENTITY_SECRET');
    $signature = base64url(hash_hmac('sha256', "$header.$claims", $secret, true));
    return "$header.$claims.$signature";
}`,
  ruby: `require "base64"
require "json"
require "openssl"

def base64url(raw)
  Base64.urlsafe_encode64(raw, padding: false)
end

def identity_token(user)
  header = base64url(JSON.generate(alg: "HS256", typ: "JWT"))
  claims = base64url(JSON.generate(
    externalId: user.id.to_s, name: user.name, iat: Time.now.to_i
  ))
  secret = ENV.fetch("KITHDESK_IDENTITY_SECRET")
  signature = base64url(OpenSSL::HMAC.digest("SHA256", secret, "#{header}.#{claims}"))
  "#{header}.#{claims}.#{signature}"
end`,
  go: `package shop

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"os"
	"time"
)

func IdentityToken(id, name string) (string, error) {
	claims, err := json.Marshal(map[string]any{
		"externalId": id, "name": name, "iat": time.Now().Unix(),
	})
	if err != nil {
		return "", err
	}
	encode := base64.RawURLEncoding.EncodeToString
	signed := encode([]byte(\`{"alg":"HS256","typ":"JWT"}\`)) + "." + encode(claims)
	mac := hmac.New(sha256.New, []byte(os.Getenv("KITHDESK_IDENTITY_SECRET")))
	mac.Write([]byte(signed))
	return signed + "." + encode(mac.Sum(nil)), nil
}`,
};

/** On the page, when the customer is known there. */
export const PAGE_SNIPPET = 'Kustomer.login({ jwtToken: "TOKEN_FROM_YOUR_SERVER" });';
