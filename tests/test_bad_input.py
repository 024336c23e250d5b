"""Which test shows which bad input, by the number that it has in what must survive.

 1 a private address                    bot/fetcher/test_guard::test_what_is_not_on_the_public_internet_is_refused_before_anything_is_sent
 2 it in the form of IPv6               bot/fetcher/test_guard::test_what_is_not_on_the_public_internet_is_refused_before_anything_is_sent
 3 it in other forms of a number        bot/fetcher/test_guard::test_no_form_of_a_private_address_passes
 4 it in a tunnel                       bot/fetcher/test_guard::test_the_bits_of_an_address_are_read_as_the_network_reads_them
 5 the address of metadata              bot/fetcher/test_guard::test_what_is_not_on_the_public_internet_is_refused_before_anything_is_sent
 6 a name that turns private            bot/fetcher/test_fetching::test_a_name_that_was_public_and_is_private_when_dialled_is_refused
 6 and between two redirects            bot/fetcher/test_fetching::test_a_name_that_turns_private_between_two_redirects_is_refused
 7 a redirect to a file or inwards      bot/fetcher/test_fetching::test_a_redirect_is_checked_like_any_other_address
 8 a loop of redirects                  bot/fetcher/test_fetching::test_a_loop_of_redirects_ends_at_the_fifth
 9 a password in an address             bot/fetcher/test_guard::test_what_is_not_on_the_public_internet_is_refused_before_anything_is_sent
10 file, ftp and data                   bot/fetcher/test_guard::test_what_is_not_on_the_public_internet_is_refused_before_anything_is_sent
11 a bomb in gzip                       bot/fetcher/test_fetching::test_a_bomb_is_left_after_little_of_it
11 and any body that opens too far      bot/fetcher/test_bodies::test_much_out_of_little_is_refused_before_the_limit
12 a bomb of an archive                 briefs/documents/test_members::test_an_archive_that_cannot_be_read_is_said_with_a_remedy
12 headers that lie                     briefs/documents/test_members::test_what_headers_say_of_sizes_is_not_believed
12 damaged members that are bombs       briefs/documents/test_members::test_members_that_are_damaged_count_for_what_they_unpack_to
13 names that lead elsewhere            briefs/documents/test_members::test_a_name_is_only_a_label
14 entities without end in a feed       briefs/feeds/test_hostile::test_entities_are_refused_in_every_encoding_well_formed_or_not
14 and in a Word file                   briefs/documents/test_docx::test_what_cannot_be_read_is_said_with_a_remedy
14 and in a format that is not read     briefs/documents/test_documents::test_an_unknown_format_is_refused_and_a_content_type_helps
15 entities that lead elsewhere         briefs/feeds/test_hostile::test_a_doctype_that_declares_nothing_is_passed_and_what_it_names_is_not_read
15 and in a Word file                   briefs/documents/test_docx::test_what_cannot_be_read_is_said_with_a_remedy
16 a PDF of very many pages             briefs/documents/test_pdf::test_a_file_that_claims_more_pages_than_it_has_is_refused
16 objects that hold themselves         briefs/documents/test_pdf::test_objects_that_hold_themselves_end
16 and a PDF that is never open         briefs/test_bulk::test_a_pdf_that_is_never_open_is_set_aside_alone
17 an upload that is too large          test_end_to_end/test_guilds::test_a_file_that_is_no_document_gets_one_sentence
17 a page that is too large             bot/fetcher/test_fetching::test_what_says_that_it_is_too_large_is_not_read_at_all
18 a byte a second                      bot/fetcher/test_fetching::test_an_endless_stream_of_single_bytes_ends_by_the_clock
18 a server that falls silent           bot/fetcher/test_fetching::test_a_server_that_falls_silent_is_left
19 a binary file called .txt            briefs/documents/test_hostile::test_a_binary_file_that_is_called_txt_is_refused
20 other encodings                      briefs/documents/test_hostile::test_a_text_in_another_encoding_is_read_letter_by_letter
20 and what cannot be told              briefs/documents/test_hostile::test_what_cannot_be_told_for_certain_is_refused_and_never_garbled
20 and in feeds                         briefs/feeds/test_encodings::test_a_feed_is_read_in_the_encoding_that_it_declares
21 no word                              briefs/documents/test_hostile::test_a_file_without_a_word_is_refused_as_empty
21 only emoji                           briefs/documents/test_hostile::test_emoji_alone_are_a_document_without_a_sentence_to_show
22 texts without measure                briefs/documents/test_hostile::test_a_text_without_measure_is_read_and_split_in_bounded_time_and_memory
23 a!a!a! for every pattern             test_patterns::test_every_pattern_is_linear_on_hostile_text
24 mentions                             bot/test_embeds::test_a_payload_pings_nobody_and_is_kept_once
24 wherever they are shown              test_end_to_end/test_hostile::test_every_answer_shows_the_words_that_are_stored
25 links                                bot/test_markup::test_a_link_cannot_be_broken_out_of
26 fences, spoilers, headings           test_end_to_end/test_hostile::test_a_briefing_that_is_posted_shows_the_words_that_are_stored
27 invisible letters                    briefs/documents/test_hostile::test_a_name_with_invisible_letters_is_the_same_entity_as_without
28 a thousand marks                     briefs/documents/test_hostile::test_a_thousand_marks_on_a_letter_are_capped
29 endless titles                       bot/test_embeds::test_no_embed_exceeds_a_limit
29 and where they are offered           test_end_to_end/test_hostile::test_titles_are_cut_where_discord_cuts_and_offered_as_they_are
30 commands, times, emoji               bot/test_markup::test_hostile_text_does_nothing
31 operators of the search              briefs/store/test_search::test_no_query_is_an_error_or_leaves_its_scope
32 SQL in any string                    briefs/test_lookups::test_any_string_may_be_typed
33 signs of LIKE                        briefs/test_lookups::test_any_string_may_be_typed
34 what no list offered                 bot/test_commands::test_a_number_that_is_none_is_not_found
34 another guild's number               bot/test_commands::test_another_servers_documents_are_as_good_as_none
35 another guild's channel              test_end_to_end/test_guilds::test_a_schedule_is_only_made_where_both_may_post
36 a member who is shown a command      bot/test_commands::test_a_member_is_refused_administration_even_if_the_server_shows_it
37 outside of a server                  bot/test_commands::test_every_command_is_for_servers_only
38 another guild's library              test_isolation::test_a_server_is_answered_the_same_whatever_others_have
38 and in the store                     briefs/store/test_scopes::test_a_guild_cannot_tell_whether_another_has_documents
38 and its feeds                        briefs/store/test_feeds_scopes::test_a_guild_cannot_tell_whether_another_has_feeds
39 zones that are none                  briefs/timing/test_timing::test_any_other_zone_is_refused_by_name
40 a time that does not exist           briefs/timing/test_timing::test_a_time_in_a_gap_moves_forward_by_its_length
40 a day that does not exist            briefs/timing/test_days::test_a_month_without_that_day_has_none
40 every minute                         briefs/timing/test_timing::test_times_less_than_a_quarter_of_an_hour_apart_are_refused
41 the same document ten times          briefs/store/test_documents::test_one_document_that_comes_ten_times_at_once_is_one
41 the same text elsewhere              briefs/store/test_documents::test_a_wire_copy_from_another_outlet_is_a_document_of_its_own
41 and they are one origin              briefs/test_placing::test_near_copies_have_one_number_and_others_have_their_own
42 dates that make no sense             briefs/documents/test_hostile::test_a_date_without_sense_is_no_date_and_one_without_a_zone_is_utc
42 and beside one that does             briefs/documents/test_html::test_a_date_of_the_page_that_makes_no_sense_leaves_that_of_the_feed
43 a feed of very many items            briefs/feeds/test_hostile::test_no_more_entries_are_read_than_five_thousand
43 guids that change                    briefs/store/test_feeds_taking::test_guids_and_addresses_that_differ_each_time_bring_nothing_and_leave_nothing
44 rows of nonsense                     briefs/store/test_documents::test_a_row_of_nonsense_does_not_hide_the_others
44 and among feeds                      briefs/store/test_feeds::test_a_row_that_somebody_damaged_does_not_stop_the_others
45 a token in a message                 bot/test_logs::test_no_secret_is_written_in_a_message_or_its_arguments
45 and in a traceback                   bot/test_logs::test_no_secret_is_written_in_a_traceback

And which test shows which fault of the sources, by its number there.

36 a document that kills its worker     briefs/test_bulk::test_a_worker_killed_by_one_item_costs_that_item_alone
37 a document that hangs                briefs/test_bulk::test_an_item_that_hangs_is_set_aside_and_its_neighbours_and_worker_go_on
37 and hears no alarm                   briefs/test_bulk::test_an_item_that_hangs_where_no_alarm_is_heard_costs_its_process
37 a document that needs 10 GB          briefs/test_bulk::test_an_item_that_wants_too_much_memory_is_set_aside_alone
39 feeds that are ill                   test_end_to_end/test_feeds::test_ill_sites_stop_no_other_and_each_has_its_reason
39 a body that is cut off               bot/fetcher/test_fetching::test_what_is_cut_off_or_no_http_is_damaged
40 an upload of what is being read      briefs/test_ingest::test_an_upload_of_what_is_being_read_right_now_is_one_document

Autocomplete during bulk work, fault 44, is measured: python -m tests.benchmarks.responsiveness
"""  # noqa: E501 - a table

import re
from pathlib import Path

TESTS = Path(__file__).parent
NUMBERS = set(range(1, 46))


def test_every_test_that_the_table_names_is_there() -> None:
    named = re.findall(r"([\w/]*test_\w+)::(test_\w+)", __doc__ or "")

    assert len(named) > 70
    for module, name in named:
        path = TESTS / f"{module}.py"
        assert re.search(rf"def {name}\(", path.read_text(encoding="utf-8")), f"{module}::{name}"


def test_every_bad_input_has_a_test() -> None:
    table = (__doc__ or "").partition("And which test")[0]

    assert {int(number) for number in re.findall(r"^ ?(\d+) .*::test_", table, re.MULTILINE)} == (
        NUMBERS
    )
