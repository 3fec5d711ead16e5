using WsAot.Routing;

namespace WsAot.Fuzz.Sessions;

/// <summary>Echoes (echo), echoes later (async), publishes to all (chat), or echoes and sometimes throws (throw).</summary>
internal sealed class FuzzRoute(World world, string name) : WsRoute(new WsRouteOptions("/" + name, name))
{
    public override WsHandlerEvents Events =>
        WsHandlerEvents.Open | WsHandlerEvents.Text | WsHandlerEvents.Binary | WsHandlerEvents.Pong | WsHandlerEvents.Close;

    public override object Create(WsConnection connection, WsRequest request)
    {
        var state = new HandlerState(connection);
        world.Handlers.Add(state);
        return state;
    }

    public override ValueTask OnOpen(object handler, WsConnection connection)
    {
        var state = (HandlerState)handler;
        if (state.Opened++ > 0) world.Report("OnOpen was called twice.");
        if (name == "chat") connection.Subscribe(World.Room);
        connection.Subscribe(World.News);
        return default;
    }

    public override ValueTask OnText(object handler, WsConnection connection, in WsPayload payload) =>
        OnMessage((HandlerState)handler, 1, payload);

    public override ValueTask OnBinary(object handler, WsConnection connection, in WsPayload payload) =>
        OnMessage((HandlerState)handler, 2, payload);

    public override ValueTask OnPong(object handler, WsConnection connection, in WsPayload payload)
    {
        if (((HandlerState)handler).Closed > 0) world.Report("A pong was told after OnClose.");
        return default;
    }

    public override ValueTask OnClose(object handler, WsConnection connection, WsClose close)
    {
        var state = (HandlerState)handler;
        if (state.Opened != 1) world.Report("OnClose was called without OnOpen.");
        if (state.Closed++ > 0) world.Report("OnClose was called twice.");
        if (world.Fault == SessionFault.CloseIsToldTwice && close.Code == 1000) state.Closed++;
        if (connection.State != WsState.Closed) world.Report($"In OnClose the state is {connection.State}.");
        if (connection.Send("late") != SendResult.Refused) world.Report("Something was sent after the end.");
        if (name == "chat") connection.Publish(World.Room, World.LeftText);
        return name == "async" ? new ValueTask(world.OpenGate()) : default;
    }

    private ValueTask OnMessage(HandlerState state, int opcode, WsPayload payload)
    {
        if (state.Opened != 1 || state.Closed > 0) world.Report("A message was told before OnOpen or after OnClose.");
        int first = payload.Span.IsEmpty ? 0 : payload.Span[0];
        switch (name)
        {
            case "chat" when opcode == 1:
                state.Connection.Publish(World.Room, payload.Span);
                return default;
            case "chat":
                state.Connection.PublishBinary(World.Room, payload.Span);
                return default;
            case "throw" when first % 8 == 1:
                world.IntendedFailures++;
                throw new IntendedException();
            case "throw" when first % 8 == 2:
                return ThrowLater(payload.ToMemory());
            case "async" when first % 2 == 1:
                return EchoLater(state, opcode, payload.ToMemory(), first % 4 == 3);
            default:
                Echo(state, opcode, payload.Span);
                return default;
        }
    }

    private async ValueTask ThrowLater(ReadOnlyMemory<byte> payload)
    {
        await world.OpenGate();
        // Count it only here, where the server logs the exception.
        world.IntendedFailures++;
        if (payload.Span[0] % 8 != 2) world.Report("A held payload changed.");
        throw new IntendedException();
    }

    private async ValueTask EchoLater(HandlerState state, int opcode, ReadOnlyMemory<byte> payload, bool isCancelled)
    {
        byte[] copy = payload.ToArray();
        Task gate = world.OpenGate();
        await (isCancelled ? gate.WaitAsync(state.Connection.ConnectionClosed) : gate);
        if (!payload.Span.SequenceEqual(copy)) world.Report("A held payload changed.");
        if (state.Closed > 0) world.Report("OnClose did not wait for the handler.");
        Echo(state, opcode, payload.Span);
    }

    private void Echo(HandlerState state, int opcode, ReadOnlySpan<byte> payload)
    {
        byte[] message = payload.ToArray();
        if (world.Fault == SessionFault.EchoIsCorrupted && message.Length > 40) message[33] ^= 1;
        if (world.Fault == SessionFault.EchoIsLost && message.Length == 3) return;
        if (world.Fault == SessionFault.BufferIsKept && message.Length > 60) world.Pool.Rent(1);
        if (world.Fault == SessionFault.ErrorIsLogged && message.Length == 0) world.LogError();
        bool isOpen = state.Connection.State == WsState.Open;
        SendResult result = opcode == 1 ? state.Connection.Send(message) : state.Connection.SendBinary(message);
        if (world.Fault == SessionFault.EchoIsDoubled && message.Length == 5) state.Connection.SendBinary(message);
        if (result != SendResult.Refused) state.Sent.Add((opcode, payload.ToArray()));
        // A handler gets a message only while there is room for its answer. (Exceptions: news may take that room while the handler waits.
        // After a reset by the peer, there are no answers, and nothing waits.)
        else if (isOpen && name == "echo" && state.Connection.PendingOutputBytes > 0) world.Report("There was no room for an echo.");
    }
}
