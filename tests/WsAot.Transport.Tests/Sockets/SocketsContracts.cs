using WsAot.Transport.Tests.Connections;
using WsAot.Transport.Tests.Driving;
using WsAot.Transport.Tests.Listening;
using WsAot.Transport.Tests.Loops;

namespace WsAot.Transport.Tests.Sockets;

/// <summary>The contracts that every transport keeps, with System.Net.Sockets.</summary>
public sealed class SocketsReceivingTests() : ReceivingContract(SocketDriver.CreateSockets);
public sealed class SocketsSendingTests() : SendingContract(SocketDriver.CreateSockets);
public sealed class SocketsBackPressureTests() : BackPressureContract(SocketDriver.CreateSockets);
public sealed class SocketsShutdownTests() : ShutdownContract(SocketDriver.CreateSockets);
public sealed class SocketsClosingTests() : ClosingContract(SocketDriver.CreateSockets);
public sealed class SocketsExceptionsTests() : ExceptionsContract(SocketDriver.CreateSockets);
public sealed class SocketsPostingTests() : PostingContract(SocketDriver.CreateSockets);
public sealed class SocketsTurnsTests() : TurnsContract(SocketDriver.CreateSockets);
public sealed class SocketsListeningTests() : ListeningContract(SocketDriver.CreateSockets);
public sealed class SocketsDisposingTests() : DisposingContract(SocketDriver.CreateSockets);
public sealed class SocketsSocketTests() : SocketTransportContract(TransportKind.Sockets);
public sealed class SocketsUnixSocketTests() : UnixSocketContract(TransportKind.Sockets);
public sealed class SocketsTwinTests() : TwinContract(TransportKind.Sockets);
public sealed class SocketsPreambleTests() : PreambleContract(SocketDriver.CreateSockets);
