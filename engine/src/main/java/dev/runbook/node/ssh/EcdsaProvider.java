package dev.runbook.node.ssh;

import java.security.InvalidKeyException;
import java.security.Key;
import java.security.KeyFactory;
import java.security.KeyFactorySpi;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.PublicKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.KeySpec;

/** Makes the JDK's key factory {@code EC} known as {@code ECDSA}, too, which is what sshj and BouncyCastle call it. */
final class EcdsaProvider extends Provider {
    EcdsaProvider() {
        super("RunbookEcdsa", "1", "ECDSA as another name of EC");
        putService(new Service(this, "KeyFactory", "ECDSA", Factory.class.getName(), null, null) {
            @Override
            public Object newInstance(Object parameter) throws NoSuchAlgorithmException {
                return new Factory(KeyFactory.getInstance("EC"));
            }
        });
    }

    private static final class Factory extends KeyFactorySpi {
        private final KeyFactory factory;

        Factory(KeyFactory factory) {
            this.factory = factory;
        }

        @Override
        protected PublicKey engineGeneratePublic(KeySpec spec) throws InvalidKeySpecException {
            return factory.generatePublic(spec);
        }

        @Override
        protected PrivateKey engineGeneratePrivate(KeySpec spec) throws InvalidKeySpecException {
            return factory.generatePrivate(spec);
        }

        @Override
        protected <T extends KeySpec> T engineGetKeySpec(Key key, Class<T> spec) throws InvalidKeySpecException {
            return factory.getKeySpec(key, spec);
        }

        @Override
        protected Key engineTranslateKey(Key key) throws InvalidKeyException {
            return factory.translateKey(key);
        }
    }
}
