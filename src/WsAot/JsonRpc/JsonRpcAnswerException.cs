using System.Text.Json;
using WsAot.Connections;

namespace WsAot.JsonRpc;

/// <summary>What a client answered with is not of the type that it was asked for.</summary>
internal sealed class JsonRpcAnswerException(string message, Exception? inner = null) : JsonException(message, inner), IPeerFault
{
    bool IPeerFault.IsPeerFault => true;
}
