namespace WsAot.TestKit.Certificates;

public enum KeyKind
{
    EcP256,

    Rsa2048,
}
