using WsAot.Transport.Tests.Connections;
using WsAot.Transport.Tests.Driving;
using WsAot.Transport.Tests.Listening;
using WsAot.Transport.Tests.Loops;

namespace WsAot.Transport.Tests.SslStreams;

/// <summary>The contracts that every transport keeps, with TLS by SslStream on sockets.</summary>
public sealed class SocketsTlsReceivingTests() : ReceivingContract(SocketDriver.CreateSocketsTls);
public sealed class SocketsTlsSendingTests() : SendingContract(SocketDriver.CreateSocketsTls);
public sealed class SocketsTlsBackPressureTests() : BackPressureContract(SocketDriver.CreateSocketsTls);
public sealed class SocketsTlsShutdownTests() : ShutdownContract(SocketDriver.CreateSocketsTls);
public sealed class SocketsTlsClosingTests() : ClosingContract(SocketDriver.CreateSocketsTls);
public sealed class SocketsTlsExceptionsTests() : ExceptionsContract(SocketDriver.CreateSocketsTls);
public sealed class SocketsTlsPostingTests() : PostingContract(SocketDriver.CreateSocketsTls);
public sealed class SocketsTlsTurnsTests() : TurnsContract(SocketDriver.CreateSocketsTls);
public sealed class SocketsTlsListeningTests() : ListeningContract(SocketDriver.CreateSocketsTls);
public sealed class SocketsTlsDisposingTests() : DisposingContract(SocketDriver.CreateSocketsTls);
