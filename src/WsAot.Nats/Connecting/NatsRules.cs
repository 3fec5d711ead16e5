using WsAot.Nats.Subjects;

namespace WsAot.Nats.Connecting;

/// <summary>The rules for the options.</summary>
internal static class NatsRules
{
    /// <summary>Finds all errors in the options.</summary>
    /// <returns>A sentence for each error.</returns>
    public static List<string> Check(WsNatsOptions options)
    {
        var errors = new List<string>();
        if (options.Url.Length == 0) errors.Add("'nats:url' is missing: name the servers, such as nats://10.0.0.1:4222.");
        foreach (string address in options.Url.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (IsAddress(address)) continue;
            errors.Add($"'nats:url' has '{address}': it must be addresses such as nats://10.0.0.1:4222 or tls://host, separated by ','.");
        }

        if (!SubjectNames.IsPrefix(options.Prefix))
        {
            errors.Add($"'nats:prefix' is '{options.Prefix}': it must be 1 to 32 letters, digits, '_' and single '-', none at the end.");
        }

        CheckRange(errors, "maxPendingBytes", options.MaxPendingBytes, 0, 1024 * 1024 * 1024);
        CheckRange(errors, "storeTimeoutMs", options.StoreTimeoutMs, 100, 60_000);
        CheckRange(errors, "replicas", options.Replicas, 1, 5);
        CheckRange(errors, "presenceTimeoutMs", options.PresenceTimeoutMs, 1000, 600_000);
        int ways = Count(options.CredentialsFile) + Count(options.SeedFile) + Count(options.User) + Count(options.Token);
        if (ways > 1) errors.Add("'nats:credentialsFile', 'nats:seedFile', 'nats:user' and 'nats:token' exclude each other: set only one.");
        if (options.Password.Length > 0 && options.User.Length == 0) errors.Add("'nats:password' needs 'nats:user'.");
        if (Count(options.CertificateFile) != Count(options.KeyFile))
        {
            errors.Add("'nats:certificateFile' and 'nats:keyFile' need each other.");
        }

        CheckFile(errors, "credentialsFile", options.CredentialsFile);
        CheckFile(errors, "seedFile", options.SeedFile);
        CheckFile(errors, "caFile", options.CaFile);
        CheckFile(errors, "certificateFile", options.CertificateFile);
        CheckFile(errors, "keyFile", options.KeyFile);
        return errors;
    }

    private static bool IsAddress(string address)
    {
        string full = address.Contains("://", StringComparison.Ordinal) ? address : "nats://" + address;
        return Uri.TryCreate(full, UriKind.Absolute, out Uri? uri)
            && uri.Scheme is "nats" or "tls" or "ws" or "wss"
            && uri is { Host.Length: > 0, PathAndQuery: "" or "/" };
    }

    private static int Count(string value) => value.Length > 0 ? 1 : 0;

    private static void CheckRange(List<string> errors, string name, int value, int min, int max)
    {
        if (value < min || value > max) errors.Add($"'nats:{name}' is {value}: it must be {min} to {max}.");
    }

    private static void CheckFile(List<string> errors, string name, string file)
    {
        if (file.Length > 0 && !File.Exists(file)) errors.Add($"'nats:{name}': {file} does not exist.");
    }
}
