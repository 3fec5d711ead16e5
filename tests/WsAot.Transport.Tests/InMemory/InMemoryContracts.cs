using WsAot.Transport.Tests.Connections;
using WsAot.Transport.Tests.Driving;
using WsAot.Transport.Tests.Listening;
using WsAot.Transport.Tests.Loops;

namespace WsAot.Transport.Tests.InMemory;

/// <summary>The contracts that every transport keeps, in memory.</summary>
public sealed class InMemoryReceivingTests() : ReceivingContract(InMemoryDriver.Create);
public sealed class InMemorySendingTests() : SendingContract(InMemoryDriver.Create);
public sealed class InMemoryBackPressureTests() : BackPressureContract(InMemoryDriver.Create);
public sealed class InMemoryShutdownTests() : ShutdownContract(InMemoryDriver.Create);
public sealed class InMemoryClosingTests() : ClosingContract(InMemoryDriver.Create);
public sealed class InMemoryExceptionsTests() : ExceptionsContract(InMemoryDriver.Create);
public sealed class InMemoryPostingTests() : PostingContract(InMemoryDriver.Create);
public sealed class InMemoryTurnsTests() : TurnsContract(InMemoryDriver.Create);
public sealed class InMemoryListeningTests() : ListeningContract(InMemoryDriver.Create);
public sealed class InMemoryDisposingTests() : DisposingContract(InMemoryDriver.Create);
public sealed class InMemoryPreambleTests() : PreambleContract(InMemoryDriver.Create);
