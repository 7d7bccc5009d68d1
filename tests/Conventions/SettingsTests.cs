using Gamification.Api.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Primitives;

namespace Gamification.Tests.Conventions;

/// <summary>The sample of settings says everything that can be set, and nothing that cannot.</summary>
public sealed class SettingsTests
{
    [Fact]
    public void The_sample_names_every_setting_that_the_code_reads_and_no_other()
    {
        var asked = new Listening();
        ServerOptions.Read("all", asked);

        // What the environment can say: a name of a shell, in the section that is ours, or one that hosts share.
        var read = asked.Keys.Where(key => key.StartsWith("Gamification:", StringComparison.Ordinal) || key is "urls" or "history").Select(key => key.ToUpperInvariant());
        var named = File.ReadLines(Path.Combine(SourceTree.Root, "silo", "Deploy", "gamification.env"))
            .Select(line => line.TrimStart('#').Split('=') is [var name, _, ..] && !name.Contains(' ', StringComparison.Ordinal) ? name : null)
            .OfType<string>()
            .Select(name => name.Replace("__", ":", StringComparison.Ordinal).ToUpperInvariant());
        Assert.Equal(read.Distinct().Order(), named.Order());
        Assert.All(read, name => Assert.DoesNotContain('-', name));
    }

    /// <summary>Is empty, and remembers what it was asked for.</summary>
    private sealed class Listening : IConfiguration
    {
        private readonly IConfiguration _empty = new ConfigurationBuilder().Build();

        public HashSet<string> Keys { get; } = new(StringComparer.Ordinal);

        public string? this[string key]
        {
            get
            {
                Keys.Add(key);
                return null;
            }

            set => throw new NotSupportedException();
        }

        public IEnumerable<IConfigurationSection> GetChildren() => [];

        public IChangeToken GetReloadToken() => _empty.GetReloadToken();

        public IConfigurationSection GetSection(string key) => _empty.GetSection(key);
    }
}
