using WsAot.Transport.Tests.Connections;
using WsAot.Transport.Tests.Driving;
using WsAot.Transport.Tests.Listening;
using WsAot.Transport.Tests.Loops;

namespace WsAot.Transport.Tests.Epoll;

/// <summary>The contracts that every transport keeps, with epoll.</summary>
public sealed class EpollReceivingTests() : ReceivingContract(SocketDriver.CreateEpoll);
public sealed class EpollSendingTests() : SendingContract(SocketDriver.CreateEpoll);
public sealed class EpollBackPressureTests() : BackPressureContract(SocketDriver.CreateEpoll);
public sealed class EpollShutdownTests() : ShutdownContract(SocketDriver.CreateEpoll);
public sealed class EpollClosingTests() : ClosingContract(SocketDriver.CreateEpoll);
public sealed class EpollExceptionsTests() : ExceptionsContract(SocketDriver.CreateEpoll);
public sealed class EpollPostingTests() : PostingContract(SocketDriver.CreateEpoll);
public sealed class EpollTurnsTests() : TurnsContract(SocketDriver.CreateEpoll);
public sealed class EpollListeningTests() : ListeningContract(SocketDriver.CreateEpoll);
public sealed class EpollDisposingTests() : DisposingContract(SocketDriver.CreateEpoll);
public sealed class EpollSocketTests() : SocketTransportContract(TransportKind.Epoll);
public sealed class EpollPreambleTests() : PreambleContract(SocketDriver.CreateEpoll);
public sealed class EpollUnixSocketTests() : UnixSocketContract(TransportKind.Epoll);
public sealed class EpollTwinTests() : TwinContract(TransportKind.Epoll);
