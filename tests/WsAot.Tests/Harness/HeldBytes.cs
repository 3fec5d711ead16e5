using System.Buffers;
using System.Runtime.CompilerServices;
using WsAot.Connections;
using WsAot.JsonRpc;

namespace WsAot.Tests.Harness;

/// <summary>What a session has counted of what its calls hold, and what they really hold.</summary>
internal static class HeldBytes
{
    public static int CountedInput(Session session) => HeldInputBytes(session);

    public static int CountedOutput(Session session) => HeldOutputBytes(session);

    /// <summary>The answers of the batches whose calls go on.</summary>
    public static int BatchAnswers(Session session)
    {
        var batches = new HashSet<JsonRpcBatch>();
        for (JsonRpcCall? call = FirstCall(Peer(session)); call is not null; call = call.Next)
        {
            if (Batch(call) is { } batch) batches.Add(batch);
        }

        return batches.Sum(static batch => Answers(batch).WrittenCount);
    }

    public static int Queued(Session session) => Extras(session)?.Queue?.PendingBytes ?? 0;

    public static int Deferred(Session session) => Extras(session)?.Deferred?.Span.Length ?? 0;

    private static JsonRpcPeer Peer(Session session) => (JsonRpcPeer)Calls(session).Handler;

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_heldInputBytes")]
    private static extern ref int HeldInputBytes(Session session);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_heldOutputBytes")]
    private static extern ref int HeldOutputBytes(Session session);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_extras")]
    private static extern ref SessionExtras? Extras(Session session);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_calls")]
    private static extern ref HandlerCalls Calls(Session session);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_firstCall")]
    private static extern ref JsonRpcCall? FirstCall(JsonRpcPeer peer);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_batch")]
    private static extern ref JsonRpcBatch? Batch(JsonRpcCall call);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_answers")]
    private static extern ref ArrayBufferWriter<byte> Answers(JsonRpcBatch batch);
}
