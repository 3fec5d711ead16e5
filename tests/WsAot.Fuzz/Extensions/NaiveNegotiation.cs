using System.Globalization;
using WsAot.Protocol.Deflate;

namespace WsAot.Fuzz.Extensions;

/// <summary>The server's answer to a list of offers, by RFC 7692 section 7.1.</summary>
internal class NaiveNegotiation
{
    /// <summary>The first offer of permessage-deflate whose parameters are all known, single and of a legal value; null: none.</summary>
    public DeflateParameters? Accept(
        IEnumerable<(string Name, List<(string Name, string Value)> Parameters)> offers, DeflatePolicy policy, out bool isServerWindowAsked)
    {
        foreach ((string name, List<(string Name, string Value)> parameters) in offers)
        {
            isServerWindowAsked = parameters.Exists(static parameter => parameter.Name == "server_max_window_bits");
            if (name != "permessage-deflate" || !parameters.TrueForAll(IsLegal) || !AreSingle(parameters)) continue;
            bool canTellClient = parameters.Exists(static parameter => parameter.Name == "client_max_window_bits");
            return new DeflateParameters(
                policy.NoContextTakeover || parameters.Exists(static parameter => parameter.Name == "server_no_context_takeover"),
                policy.NoContextTakeover || parameters.Exists(static parameter => parameter.Name == "client_no_context_takeover"),
                Math.Min(policy.MaxWindowBits, BitsOf("server_max_window_bits", parameters)),
                canTellClient ? Math.Min(policy.MaxWindowBits, BitsOf("client_max_window_bits", parameters)) : 15);
        }

        isServerWindowAsked = false;
        return null;
    }

    protected virtual bool AreSingle(List<(string Name, string Value)> parameters) =>
        parameters.DistinctBy(static parameter => parameter.Name).Count() == parameters.Count;

    private static bool IsLegal((string Name, string Value) parameter)
    {
        bool isBits = parameter.Value is "8" or "9" or "10" or "11" or "12" or "13" or "14" or "15";
        return parameter.Name switch
        {
            "server_no_context_takeover" or "client_no_context_takeover" => parameter.Value.Length == 0,
            "server_max_window_bits" => isBits,
            "client_max_window_bits" => isBits || parameter.Value.Length == 0,
            _ => false,
        };
    }

    private static int BitsOf(string name, List<(string Name, string Value)> parameters)
    {
        string? value = parameters.Find(parameter => parameter.Name == name).Value;
        return string.IsNullOrEmpty(value) ? 15 : int.Parse(value, CultureInfo.InvariantCulture);
    }
}
