using WsAot.Transport.Tests.Connections;
using WsAot.Transport.Tests.Driving;
using WsAot.Transport.Tests.Listening;
using WsAot.Transport.Tests.Loops;

namespace WsAot.Transport.Tests.Tls;

/// <summary>The contracts that every transport keeps, with TLS in memory.</summary>
public sealed class InMemoryTlsReceivingTests() : ReceivingContract(InMemoryDriver.CreateTls);
public sealed class InMemoryTlsSendingTests() : SendingContract(InMemoryDriver.CreateTls);
public sealed class InMemoryTlsBackPressureTests() : BackPressureContract(InMemoryDriver.CreateTls);
public sealed class InMemoryTlsShutdownTests() : ShutdownContract(InMemoryDriver.CreateTls);
public sealed class InMemoryTlsClosingTests() : ClosingContract(InMemoryDriver.CreateTls);
public sealed class InMemoryTlsExceptionsTests() : ExceptionsContract(InMemoryDriver.CreateTls);
public sealed class InMemoryTlsPostingTests() : PostingContract(InMemoryDriver.CreateTls);
public sealed class InMemoryTlsTurnsTests() : TurnsContract(InMemoryDriver.CreateTls);
public sealed class InMemoryTlsListeningTests() : ListeningContract(InMemoryDriver.CreateTls);
public sealed class InMemoryTlsDisposingTests() : DisposingContract(InMemoryDriver.CreateTls);
