using System.Reflection;
using WsAot.Server;

namespace WsAot.Tests.Server;

public sealed class OptionChangesTests
{
    /// <summary>What a server reads at its start only.</summary>
    private static readonly string[] s_needRestart =
    [
        "AdminUrls", "CompressionLevel", "Loops", "ProxyProtocol", "RedirectHttp", "Transport", "UnixSocketMode", "UnixSocketOwner", "Urls",
    ];

    public static TheoryData<string> Options =>
        [.. typeof(WsServerOptions).GetProperties().Select(static property => property.Name).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Options))]
    public void Each_option_is_taken_or_named(string name)
    {
        WsServerOptions to = new(), from = new();
        PropertyInfo property = typeof(WsServerOptions).GetProperty(name)!;
        Change(from, property);
        Assert.Equal([name], OptionChanges.Find(to, from));

        var changes = OptionChanges.Take(to, from, []);
        if (s_needRestart.Contains(name))
        {
            Assert.Equal([name], changes.NeedRestart);
            Assert.Empty(changes.Taken);
            Assert.Equal(property.GetValue(new WsServerOptions()), property.GetValue(to));
        }
        else
        {
            Assert.Equal([name], changes.Taken);
            Assert.Empty(changes.NeedRestart);
            Assert.Equal(property.GetValue(from), property.GetValue(to));
            Assert.Empty(OptionChanges.Find(to, from));
        }

        Assert.Equal(name.StartsWith("Tls", StringComparison.Ordinal), changes.HasTls);
    }

    [Theory]
    [MemberData(nameof(Options))]
    public void One_that_is_to_be_kept_stays_and_is_not_spoken_of(string name)
    {
        WsServerOptions to = new(), from = new();
        PropertyInfo property = typeof(WsServerOptions).GetProperty(name)!;
        Change(from, property);
        var changes = OptionChanges.Take(to, from, [name]);
        Assert.Empty(changes.Taken);
        Assert.Empty(changes.NeedRestart);
        Assert.Equal(property.GetValue(new WsServerOptions()), property.GetValue(to));
    }

    [Fact]
    public void A_certificate_of_a_list_differs_in_each_of_its_values()
    {
        string[] differences = ["CertificateFile", "KeyFile", "KeyPasswordFile", "Hosts"];
        foreach (string difference in differences)
        {
            WsServerOptions first = new(), second = new();
            first.TlsCertificates.Add(new WsTlsCertificate { CertificateFile = "a", KeyFile = "b" });
            var other = new WsTlsCertificate { CertificateFile = "a", KeyFile = "b" };
            second.TlsCertificates.Add(other);
            Assert.Empty(OptionChanges.Find(first, second));
            if (difference == "Hosts") other.Hosts.Add("a.example");
            else typeof(WsTlsCertificate).GetProperty(difference)!.SetValue(other, "c");
            Assert.Equal(["TlsCertificates"], OptionChanges.Find(first, second));
        }
    }

    [Fact]
    public void A_copy_has_a_list_of_its_own()
    {
        var options = new WsServerOptions { MaxFragments = 7 };
        WsServerOptions copy = options.Clone();
        options.TlsCertificates.Add(new WsTlsCertificate());
        Assert.Equal(7, copy.MaxFragments);
        Assert.Empty(copy.TlsCertificates);
        copy = options.Clone();
        copy.TlsCertificates[0].CertificateFile = "mine";
        Assert.Equal("", options.TlsCertificates[0].CertificateFile);
    }

    private static void Change(WsServerOptions options, PropertyInfo property)
    {
        if (property.GetValue(options) is IList<WsTlsCertificate> certificates)
        {
            certificates.Add(new WsTlsCertificate { CertificateFile = "other" });
            return;
        }

        object value = property.GetValue(options) switch
        {
            string => "other",
            int number => number + 1,
            long number => number + 1,
            bool flag => !flag,
            Enum one => Enum.ToObject(one.GetType(), Convert.ToInt32(one) + 1),
            object other => throw new NotSupportedException($"{property.Name} is a {other.GetType()}: say how it changes."),
            null => throw new NotSupportedException(property.Name),
        };
        property.SetValue(options, value);
    }
}
