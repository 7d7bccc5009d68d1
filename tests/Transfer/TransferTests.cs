using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Gamification.Programmes;
using Gamification.Silo.Engine;
using Gamification.Silo.Engine.Transfer;
using Gamification.Storage;
using Gamification.Tests.EndToEnd;
using Gamification.Tests.Storage;
using static Gamification.Tests.Transfer.TransferText;

namespace Gamification.Tests.Transfer;

/// <summary>A deployment moves from SQLite to PostgreSQL and back, and nobody can tell.</summary>
public sealed class TransferTests(PostgresServer postgres)
{
    private static readonly string[] Own = ["{\"seal\"", "{\"head\"", "{\"chunk\"", "{\"end\""];
    private const string Board = "programme/all/points";

    [Fact]
    public async Task A_deployment_that_moved_to_PostgreSQL_and_back_answers_as_before()
    {
        using var home = new DataFolder();
        ProgrammeTotals totals;
        long[] scores;
        long recorded;
        await using (var engine = await WholeEngine.Start(home.Path))
        {
            recorded = (await engine.ReplaySample()).Recorded;
            await PostNonsense(engine);
            (totals, scores) = (await engine.Totals(), await engine.Scores(Board));
        }

        var atHome = await Export(Options(home.Path));
        await using var database = await postgres.CreateDatabase("transfer");
        using var away = new DataFolder();
        BringSecret(home, away);
        Assert.Equal(0, await Import(Options(away.Path, database.ConnectionString), atHome));
        await using (var engine = await WholeEngine.Start(away.Path, database.ConnectionString))
        {
            Assert.Equal(totals, await engine.Totals());
            Assert.Equal(scores, await engine.Scores(Board));
            var again = await engine.ReplaySample();
            Assert.Equal((0, recorded), (again.Recorded, again.Replayed));
        }

        var wasAway = await Export(Options(away.Path, database.ConnectionString));
        using var back = new DataFolder();
        BringSecret(home, back);
        Assert.Equal(0, await Import(Options(back.Path), wasAway));
        await using (var engine = await WholeEngine.Start(back.Path))
        {
            Assert.Equal(totals, await engine.Totals());
            Assert.Equal(scores, await engine.Scores(Board));
            Assert.Equal(0, (await engine.ReplaySample()).Recorded);
        }

        var returned = await Export(Options(back.Path));
        Assert.Equal(ChainIn(atHome), ChainIn(wasAway));
        Assert.Equal(ChainIn(atHome), ChainIn(returned));
        Assert.Equal(Travelling(atHome), Travelling(wasAway));
        Assert.Equal(Travelling(atHome), Travelling(returned));
        Assert.Contains("\"quarantined\"", Text(returned), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_same_databases_give_the_same_stream()
    {
        using var home = await SmallShop();
        Assert.Equal(Text(await Export(Options(home.Path))), Text(await Export(Options(home.Path))));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_import_that_was_cut_off_keeps_the_engine_from_starting_and_goes_on(bool onPostgres)
    {
        using var home = await SmallShop();
        var stream = await Export(Options(home.Path), chunkRows: 3);
        using var folder = new DataFolder();
        BringSecret(home, folder);
        await using var database = onPostgres ? await postgres.CreateDatabase("cut") : null;
        var target = Options(folder.Path, database?.ConnectionString);

        for (var part = 0.3; part < 1; part += 0.3)
        {
            await Assert.ThrowsAsync<IOException>(() => Import(target, stream, cutOffAt: part));
            await Assert.ThrowsAsync<TransferUnfinishedException>(() => EngineStorage.Open(target));
            await Assert.ThrowsAsync<TransferUnfinishedException>(() => Maintenance.Verify(target, TextWriter.Null));
        }

        var told = new StringWriter();
        Assert.Equal(0, await Import(target, stream, told: told));
        Assert.Contains("Going on after chunk", told.ToString(), StringComparison.Ordinal);
        Assert.Equal(ChainIn(stream), ChainIn(await Export(target)));
    }

    [Fact]
    public async Task Half_of_one_import_is_not_finished_with_another_stream()
    {
        using var home = await SmallShop();
        using var folder = new DataFolder();
        BringSecret(home, folder);
        await Assert.ThrowsAsync<IOException>(async () => await Import(Options(folder.Path), await Export(Options(home.Path), chunkRows: 3), cutOffAt: 0.6));
        var fault = await Assert.ThrowsAsync<TransferException>(async () => await Import(Options(folder.Path), await Export(Options(home.Path), chunkRows: 2)));
        Assert.Contains("another stream", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_cannot_be_taken_is_refused_before_anything_is_written()
    {
        using var home = await SmallShop();
        var stream = await Export(Options(home.Path));
        using var other = new DataFolder();

        Assert.Contains("no deployment", (await Assert.ThrowsAsync<TransferException>(() => Export(Options(other.Path)))).Message, StringComparison.Ordinal);
        await Refused(Options(other.Path), stream, "There is no secret.key");
        Assert.Empty(Directory.EnumerateFileSystemEntries(other.Path));
        DeploymentSecret.In(other.Path);
        await Refused(Options(other.Path), stream, "another secret");
        File.Delete(Path.Combine(other.Path, "secret.key"));
        BringSecret(home, other);
        await Refused(Options(other.Path) with { Programmes = [WholeEngine.DemoProgramme() with { Id = "else" }] }, stream, "programme 'demo'");
        await Refused(Options(other.Path), [.. stream.Take(stream.Length / 2)], "ends early", "damaged");
        await Refused(Options(home.Path), stream, "not empty");
        await Refused(Options(other.Path), Zip("{\"format\":\"something\"}\n"), "no stream");
        await Refused(Options(other.Path), Encoding.UTF8.GetBytes("plain text, much longer than ten bytes"), "no gzip");
    }

    [Fact]
    public async Task A_changed_byte_is_found_wherever_it_is()
    {
        using var home = await SmallShop();
        var lines = Text(await Export(Options(home.Path), chunkRows: 4));
        foreach (var (from, to) in ((string, string)[])[("\"enrolled\":true", "\"enrolled\":false"), ("\"points\":12", "\"points\":13"), ("\"chain\":\"", "\"chain\":\"0"), ("\"number\":2", "\"number\":3")])
        {
            using var folder = new DataFolder();
            BringSecret(home, folder);
            Assert.Contains(from, lines, StringComparison.Ordinal);
            var at = lines.IndexOf(from, StringComparison.Ordinal);
            await Refused(Options(folder.Path), Zip(string.Concat(lines.AsSpan(0, at), to, lines.AsSpan(at + from.Length))), "rows", "last line", "The chain");
        }
    }

    private static async Task Refused(EngineOptions options, byte[] stream, params string[] because)
    {
        var fault = await Assert.ThrowsAsync<TransferException>(() => Import(options, stream));
        Assert.True(because.Any(part => fault.Message.Contains(part, StringComparison.Ordinal)), fault.Message);
    }

    /// <summary>A few members and receipts, one of them refused.</summary>
    private static async Task<DataFolder> SmallShop()
    {
        var folder = new DataFolder();
        await using var engine = await WholeEngine.Start(folder.Path);
        using var http = Till(engine);
        for (var number = 1; number <= 12; number++)
        {
            using var answer = await http.PostAsync("/v1/receipts", Json($$"""
                {"type":"sale","store":"BRU","till":"1","businessDate":"2011-05-12","number":"{{number}}","occurredAt":"2011-05-12T14:00:00+02:00","card":"100{{number % 4}}",
                 "currency":"GBP","total":12.00,"lines":[{"sku":"A","quantity":1,"unitPrice":12.00,"amount":12.00}]}
                """));
            answer.EnsureSuccessStatusCode();
        }

        await PostNonsense(engine);
        return folder;
    }

    private static async Task PostNonsense(WholeEngine engine)
    {
        using var http = Till(engine);
        using var answer = await http.PostAsync("/v1/receipts", Json("""{"type":"sale","store":"BRU","note":"a\u0000b"}"""));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
    }

    private static HttpClient Till(WholeEngine engine)
    {
        var http = new HttpClient { BaseAddress = engine.Url };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", engine.Keys.Tills["BRU"]);
        return http;
    }

    private static StringContent Json(string text) => new(text, Encoding.UTF8, "application/json");

    private static EngineOptions Options(string folder, string? connection = null) => new() { DataFolder = folder, Postgres = connection, Programmes = [WholeEngine.DemoProgramme()] };

    private static void BringSecret(DataFolder from, DataFolder to) => File.Copy(Path.Combine(from.Path, "secret.key"), Path.Combine(to.Path, "secret.key"));

    private static async Task<byte[]> Export(EngineOptions options, int chunkRows = 2_000)
    {
        using var output = new MemoryStream();
        Assert.Equal(0, await Gamification.Silo.Engine.Transfer.Export.Run(options, output, TextWriter.Null, chunkRows));
        return output.ToArray();
    }

    private static async Task<int> Import(EngineOptions options, byte[] stream, double cutOffAt = 2, StringWriter? told = null)
    {
        using var input = new CutOff(stream, (int)Math.Min(stream.Length, stream.Length * cutOffAt), cutOffAt < 1);
        return await Gamification.Silo.Engine.Transfer.Import.Run(options, input, TimeProvider.System, told ?? new());
    }

    private static string ChainIn(byte[] stream)
    {
        var lines = Text(stream);
        var at = lines.LastIndexOf("\"chain\":\"", StringComparison.Ordinal);
        return lines.Substring(at + 9, 64);
    }

    /// <summary>The rows, in an order of their own: databases number programmes differently. A proof on the way leaves a seal, and an engine that ran moves the time of its head.</summary>
    private static IEnumerable<string> Travelling(byte[] stream) => Text(stream).Split('\n')
        .Where(line => !Own.Any(kind => line.StartsWith(kind, StringComparison.Ordinal)))
        .Order(StringComparer.Ordinal);

    /// <summary>The line that a process dies on.</summary>
    private sealed class CutOff(byte[] bytes, int length, bool fails) : MemoryStream(bytes, 0, length)
    {
        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            var read = await base.ReadAsync(buffer[..Math.Min(buffer.Length, 512)], cancellationToken);
            return read == 0 && fails ? throw new IOException("The line is cut.") : read;
        }
    }
}
