using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Waymark.Data;
using Waymark.Evidence;
using Waymark.Field;
using Waymark.Schools;
using Waymark.Shared;

namespace Waymark.Priorities;

internal sealed class BidTables : IEntityTypeConfiguration<FundingBid>, IEntityTypeConfiguration<BidSchool>, IEntityTypeConfiguration<BidCost>, IEntityTypeConfiguration<BidLetter>
{
    public void Configure(EntityTypeBuilder<FundingBid> builder) => builder.ToTable("FundingBid");

    public void Configure(EntityTypeBuilder<BidSchool> builder)
    {
        builder.ToTable("BidSchool");
        builder.HasKey(school => new { school.BidId, school.Urn });
        builder.HasOne<FundingBid>().WithMany().HasForeignKey(school => school.BidId).OnDelete(DeleteBehavior.NoAction);
    }

    public void Configure(EntityTypeBuilder<BidCost> builder)
    {
        builder.ToTable("BidCost");
        builder.HasOne<FundingBid>().WithMany().HasForeignKey(cost => cost.BidId).OnDelete(DeleteBehavior.NoAction);
    }

    public void Configure(EntityTypeBuilder<BidLetter> builder)
    {
        builder.ToTable("BidLetter");
        builder.HasOne<FundingBid>().WithMany().HasForeignKey(letter => letter.BidId).OnDelete(DeleteBehavior.NoAction);
    }
}

public static class BidSets
{
    extension(WaymarkDb db)
    {
        public DbSet<FundingBid> FundingBids => db.Set<FundingBid>();
        public DbSet<BidSchool> BidSchools => db.Set<BidSchool>();
        public DbSet<BidCost> BidCosts => db.Set<BidCost>();
        public DbSet<BidLetter> BidLetters => db.Set<BidLetter>();

        /// <summary>What the register and the latest figures say of a bid's schools, as far as its fund asks.</summary>
        public IReadOnlyList<BidFacts> FactsOf(FundingBid bid, Fund fund)
        {
            var named = db.BidSchools.AsNoTracking().Where(school => school.BidId == bid.Id).ToList();
            if (named.Count == 0) return [];
            var urns = named.Select(school => school.Urn).ToList();
            var schools = db.Schools.AsNoTracking().Where(school => urns.Contains(school.Urn)).ToDictionary(school => school.Urn);
            var measures = fund.Criteria.Select(criterion => criterion.Measure).OfType<string>().Select(Catalogue.Measure).ToList();
            PlaceKey[] places = [.. urns.Select(PlaceKey.School)];
            var cube = new Cube(db);
            var latest = cube.Read(measures, cube.Years(measures, places), places, [Catalogue.All]).Where(figure => figure.Value is not null)
                .GroupBy(figure => (figure.Place, figure.Measure.Code)).Select(of => of.MaxBy(figure => figure.Year)!).ToLookup(figure => figure.Place);
            return [.. named.Where(school => schools.ContainsKey(school.Urn)).Select(school => new BidFacts(school.Urn, schools[school.Urn].Name, !schools[school.Urn].IsIndependent, schools[school.Urn].IsOpen, school.Stated,
                    latest[PlaceKey.School(school.Urn)].ToDictionary(figure => figure.Measure.Code, figure => (figure.Value!.Value, $"{figure.WithBase()}, {figure.Year}"))))
                .OrderBy(school => school.Name, StringComparer.OrdinalIgnoreCase)];
        }

        internal LiveRecord? BidToCite(string key)
        {
            if (!int.TryParse(key, NumberStyles.None, CultureInfo.InvariantCulture, out var id) || db.FundingBids.AsNoTracking().FirstOrDefault(bid => bid.Id == id) is not { } found) return null;
            return LiveOf(found);
        }
    }

    internal static LiveRecord LiveOf(FundingBid bid) => new(PrioritySets.KeyOf(bid.Id), bid.Title, $"{Fund.Find(bid.Fund)?.Name}; {bid.State.InWords().ToLowerInvariant()}", bid.Place, false) { On = bid.SentOn };

    public static string InWords(this BidState state) => state switch { BidState.Draft => "Draft", BidState.Sent => "Sent", BidState.Won => "Won", _ => "Not won" };
}

/// <summary>A bid as it is given out.</summary>
public sealed record BidRow(string Title, string Fund, string Plan, string Lead, string State, IReadOnlyList<int> Schools, decimal Costs, decimal? Awarded)
{
    public static IEnumerable<BidRow> All(WaymarkDb db, DateOnly today)
    {
        var bids = db.FundingBids.AsNoTracking().OrderBy(bid => bid.Id).ToList();
        var names = Plans.NamesOf(db, [.. bids.Select(bid => bid.Place)]);
        var schools = db.BidSchools.AsNoTracking().ToList().ToLookup(school => school.BidId, school => school.Urn.Value);
        var costs = db.BidCosts.AsNoTracking().ToList().ToLookup(cost => cost.BidId, cost => cost.Amount);
        return bids.Select(bid => new BidRow(bid.Title, Priorities.Fund.Find(bid.Fund)?.Name ?? bid.Fund, names[bid.Place], bid.Lead, bid.State.InWords().ToLowerInvariant(), [.. schools[bid.Id].Order()], costs[bid.Id].Sum(), bid.Awarded));
    }
}
