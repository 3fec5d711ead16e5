namespace WsAot.Transport.Tests.Portable;

public sealed class SocketsTransportTests() : SocketTransportContract(TransportKind.Sockets);
