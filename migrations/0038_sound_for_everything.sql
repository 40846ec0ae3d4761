-- The sound alone is made twice: Opus, which is small, and AAC in MP4 for what does not play Opus in WebM (iPhones before
-- iOS 17, and most programs for podcasts).
alter table media_files drop constraint media_files_role_check;
alter table media_files add constraint media_files_role_check
    check (role in ('original', 'video', 'audio', 'portable', 'poster', 'sprite', 'described', 'signed', 'slides'));
alter table media_jobs drop constraint media_jobs_kind_check;
alter table media_jobs add constraint media_jobs_kind_check
    check (kind in ('measure', 'poster', 'video', 'audio', 'portable', 'sprite', 'slides', 'speech'));
