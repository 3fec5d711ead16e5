using WsAot.Transport.Tests.Connections;
using WsAot.Transport.Tests.Driving;
using WsAot.Transport.Tests.Listening;
using WsAot.Transport.Tests.Loops;

namespace WsAot.Transport.Tests.Tls;

/// <summary>The contracts that every transport keeps, with TLS on epoll.</summary>
public sealed class EpollTlsReceivingTests() : ReceivingContract(SocketDriver.CreateEpollTls);
public sealed class EpollTlsSendingTests() : SendingContract(SocketDriver.CreateEpollTls);
public sealed class EpollTlsBackPressureTests() : BackPressureContract(SocketDriver.CreateEpollTls);
public sealed class EpollTlsShutdownTests() : ShutdownContract(SocketDriver.CreateEpollTls);
public sealed class EpollTlsClosingTests() : ClosingContract(SocketDriver.CreateEpollTls);
public sealed class EpollTlsExceptionsTests() : ExceptionsContract(SocketDriver.CreateEpollTls);
public sealed class EpollTlsPostingTests() : PostingContract(SocketDriver.CreateEpollTls);
public sealed class EpollTlsTurnsTests() : TurnsContract(SocketDriver.CreateEpollTls);
public sealed class EpollTlsListeningTests() : ListeningContract(SocketDriver.CreateEpollTls);
public sealed class EpollTlsDisposingTests() : DisposingContract(SocketDriver.CreateEpollTls);
