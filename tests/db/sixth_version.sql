PRAGMA application_id=1398031449;
PRAGMA user_version=1005;
BEGIN TRANSACTION;
CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL PRIMARY KEY);
INSERT INTO "alembic_version" VALUES('0006');
CREATE TABLE appointment (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	client_id INTEGER NOT NULL, 
	assignment_id INTEGER, 
	kind VARCHAR NOT NULL, 
	starts_at DATETIME NOT NULL, 
	ends_at DATETIME, 
	confirmed_at DATETIME, 
	cancelled_at DATETIME, 
	season VARCHAR DEFAULT '' NOT NULL, 
	season_year INTEGER, 
	location_id INTEGER, 
	brand_id INTEGER, 
	note VARCHAR DEFAULT '' NOT NULL, 
	FOREIGN KEY(client_id) REFERENCES client (id), 
	FOREIGN KEY(assignment_id) REFERENCES assignment (id), 
	FOREIGN KEY(location_id) REFERENCES location (id), 
	FOREIGN KEY(brand_id) REFERENCES brand (id)
);
INSERT INTO "appointment" VALUES(1,1,1,'Consultation','2026-11-13 14:42:00.000000',NULL,NULL,NULL,'',NULL,NULL,NULL,'');
CREATE TABLE assignment (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	client_id INTEGER NOT NULL, 
	external_id VARCHAR, 
	type VARCHAR(32) NOT NULL, 
	parent_id INTEGER, 
	revision_number INTEGER, 
	status VARCHAR(32) NOT NULL, 
	consultation_at DATETIME, 
	look_review_at DATETIME, 
	started_at DATETIME, 
	delivered_at DATETIME, 
	closed_at DATETIME, 
	hq_notes VARCHAR NOT NULL, 
	rep_notes VARCHAR NOT NULL, 
	consultation_ends_at DATETIME, 
	cancelled_at DATETIME, 
	type_reason VARCHAR DEFAULT '' NOT NULL, 
	end_reason VARCHAR DEFAULT '' NOT NULL, 
	effort_minutes INTEGER, 
	FOREIGN KEY(client_id) REFERENCES client (id), 
	UNIQUE (external_id), 
	FOREIGN KEY(parent_id) REFERENCES assignment (id)
);
INSERT INTO "assignment" VALUES(1,1,NULL,'initial',NULL,NULL,'delivered','2026-11-13 14:42:00.000000',NULL,'2026-11-13 16:42:00.000000','2026-11-13 16:42:00.000000',NULL,'','',NULL,NULL,'','',NULL);
CREATE TABLE attachment (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	client_id INTEGER NOT NULL, 
	name VARCHAR NOT NULL, 
	sha256 VARCHAR NOT NULL, 
	size INTEGER NOT NULL, 
	added_at DATETIME NOT NULL, 
	note VARCHAR NOT NULL, 
	FOREIGN KEY(client_id) REFERENCES client (id)
);
CREATE TABLE availability (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	weekday INTEGER, 
	on_day DATE, 
	starts INTEGER NOT NULL, 
	ends INTEGER NOT NULL, 
	UNIQUE (weekday, starts), 
	UNIQUE (on_day, starts)
);
CREATE TABLE brand (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	name VARCHAR NOT NULL, 
	name_key VARCHAR NOT NULL, 
	note VARCHAR NOT NULL, 
	UNIQUE (name_key)
);
CREATE TABLE buyer_model (
	id INTEGER NOT NULL, 
	parameters VARCHAR NOT NULL, 
	fitted BOOLEAN NOT NULL, 
	clients INTEGER NOT NULL, 
	orders INTEGER NOT NULL, 
	seen VARCHAR NOT NULL, 
	fitted_at DATETIME NOT NULL, 
	PRIMARY KEY (id)
);
CREATE TABLE cadence (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	client_id INTEGER NOT NULL, 
	every INTEGER NOT NULL, 
	unit VARCHAR NOT NULL, 
	anchor_on DATE NOT NULL, 
	paused_at DATETIME, 
	UNIQUE (client_id), 
	FOREIGN KEY(client_id) REFERENCES client (id)
);
CREATE TABLE calendar_account (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	name VARCHAR NOT NULL, 
	url VARCHAR NOT NULL, 
	username VARCHAR NOT NULL, 
	synced_at DATETIME, 
	UNIQUE (url)
);
CREATE TABLE calendar_conflict (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	account_id INTEGER NOT NULL, 
	uid VARCHAR NOT NULL, 
	what VARCHAR NOT NULL, 
	row_id INTEGER, 
	ours VARCHAR NOT NULL, 
	theirs VARCHAR NOT NULL, 
	found_at DATETIME NOT NULL, 
	settled_at DATETIME, 
	kept VARCHAR NOT NULL, 
	FOREIGN KEY(account_id) REFERENCES calendar_account (id)
);
CREATE TABLE calendar_event (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	client_id INTEGER, 
	kind VARCHAR(32) NOT NULL, 
	title VARCHAR NOT NULL, 
	note VARCHAR NOT NULL, 
	place VARCHAR NOT NULL, 
	starts_at DATETIME NOT NULL, 
	ends_at DATETIME NOT NULL, 
	all_day BOOLEAN NOT NULL, 
	starts_on DATE, 
	ends_on DATE, 
	busy BOOLEAN NOT NULL, 
	source VARCHAR NOT NULL, 
	uid VARCHAR NOT NULL, 
	recurrence VARCHAR NOT NULL, 
	recurs BOOLEAN NOT NULL, 
	ics VARCHAR NOT NULL, 
	UNIQUE (source, uid, recurrence), 
	FOREIGN KEY(client_id) REFERENCES client (id)
);
INSERT INTO "calendar_event" VALUES(1,NULL,'blocked','Dentist','','','2026-11-22 14:42:00.000000','2026-11-22 15:42:00.000000',0,NULL,NULL,1,'desk','event-1@stylistdesk','',0,'');
CREATE TABLE calendar_link (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	account_id INTEGER NOT NULL, 
	what VARCHAR NOT NULL, 
	row_id INTEGER NOT NULL, 
	uid VARCHAR NOT NULL, 
	href VARCHAR NOT NULL, 
	etag VARCHAR NOT NULL, 
	ours VARCHAR NOT NULL, 
	theirs VARCHAR NOT NULL, 
	UNIQUE (account_id, uid), 
	FOREIGN KEY(account_id) REFERENCES calendar_account (id)
);
CREATE TABLE card_payment (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	client_id INTEGER NOT NULL, 
	order_id INTEGER NOT NULL, 
	paid_on DATE NOT NULL, 
	cents INTEGER NOT NULL, 
	brand VARCHAR NOT NULL, 
	last_four VARCHAR NOT NULL, 
	return_id INTEGER, 
	external_id VARCHAR, 
	FOREIGN KEY(client_id) REFERENCES client (id), 
	FOREIGN KEY(order_id) REFERENCES "order" (id), 
	FOREIGN KEY(return_id) REFERENCES goods_return (id), 
	UNIQUE (external_id)
);
CREATE TABLE client (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	name VARCHAR NOT NULL, 
	name_key VARCHAR NOT NULL, 
	first_name VARCHAR NOT NULL, 
	last_name VARCHAR NOT NULL, 
	company VARCHAR NOT NULL, 
	spending_power INTEGER, 
	tags VARCHAR NOT NULL, 
	description VARCHAR NOT NULL, 
	added_at DATETIME NOT NULL, 
	added_by_hand BOOLEAN NOT NULL, 
	watermark INTEGER NOT NULL, 
	order_count INTEGER NOT NULL, 
	last_order_on DATE, 
	rhythm_days INTEGER, 
	stage VARCHAR(32), 
	birthday VARCHAR DEFAULT '' NOT NULL, 
	website VARCHAR DEFAULT '' NOT NULL
);
INSERT INTO "client" VALUES(1,'Ana Ruiz','ana ruiz','Ana','Ruiz','',NULL,'','','2026-11-12 14:42:00.000000',1,0,1,'2026-11-13',NULL,NULL,'','');
CREATE TABLE client_brand (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	client_id INTEGER NOT NULL, 
	brand_id INTEGER NOT NULL, 
	status VARCHAR(32) NOT NULL, 
	number VARCHAR NOT NULL, 
	UNIQUE (client_id, brand_id), 
	FOREIGN KEY(client_id) REFERENCES client (id), 
	FOREIGN KEY(brand_id) REFERENCES brand (id)
);
CREATE TABLE client_external_id (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	client_id INTEGER NOT NULL, 
	source VARCHAR NOT NULL, 
	external_id VARCHAR NOT NULL, 
	UNIQUE (source, external_id), 
	FOREIGN KEY(client_id) REFERENCES client (id)
);
CREATE TABLE commission_payment (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	paid_on DATE NOT NULL, 
	amount_cents INTEGER NOT NULL, 
	currency VARCHAR NOT NULL, 
	brand_id INTEGER, 
	note VARCHAR NOT NULL, 
	FOREIGN KEY(brand_id) REFERENCES brand (id)
);
INSERT INTO "commission_payment" VALUES(1,'2026-11-21',1000,'USD',NULL,'');
CREATE TABLE commission_rate (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	scope VARCHAR(32) NOT NULL, 
	client_id INTEGER, 
	brand_id INTEGER, 
	order_id INTEGER, 
	order_line_id INTEGER, 
	rate INTEGER NOT NULL, 
	starts_on DATE, 
	ends_on DATE, 
	set_at DATETIME NOT NULL, 
	note VARCHAR NOT NULL, 
	FOREIGN KEY(client_id) REFERENCES client (id), 
	FOREIGN KEY(brand_id) REFERENCES brand (id), 
	FOREIGN KEY(order_id) REFERENCES "order" (id), 
	FOREIGN KEY(order_line_id) REFERENCES order_line (id)
);
CREATE TABLE company_file (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	title VARCHAR NOT NULL, 
	kind VARCHAR NOT NULL, 
	dated_on DATE NOT NULL, 
	name VARCHAR NOT NULL, 
	sha256 VARCHAR NOT NULL, 
	size INTEGER NOT NULL, 
	added_at DATETIME NOT NULL, 
	note VARCHAR NOT NULL
);
CREATE TABLE consent (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	client_id INTEGER NOT NULL, 
	contact_id INTEGER NOT NULL, 
	channel VARCHAR(32) NOT NULL, 
	address VARCHAR NOT NULL, 
	state VARCHAR(32) NOT NULL, 
	source VARCHAR NOT NULL, 
	recorded_at DATETIME NOT NULL, 
	ground VARCHAR(32), 
	happened_on DATE, 
	ends_on DATE, 
	evidence VARCHAR DEFAULT '' NOT NULL, 
	previous_hash VARCHAR DEFAULT '' NOT NULL, 
	hash VARCHAR DEFAULT '' NOT NULL
);
CREATE TABLE contact (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	client_id INTEGER NOT NULL, 
	name VARCHAR NOT NULL, 
	email VARCHAR NOT NULL, 
	email_key VARCHAR NOT NULL, 
	phone VARCHAR NOT NULL, 
	is_primary BOOLEAN NOT NULL, 
	email_status VARCHAR(32) NOT NULL, 
	email_consent VARCHAR(32) NOT NULL, 
	text_consent VARCHAR(32) NOT NULL, 
	title VARCHAR DEFAULT '' NOT NULL, 
	note VARCHAR DEFAULT '' NOT NULL, 
	FOREIGN KEY(client_id) REFERENCES client (id)
);
INSERT INTO "contact" VALUES(1,1,'Ana Ruiz','ana@example.com','ana@example.com','',1,'active','never_asked','never_asked','','');
CREATE TABLE credit_memo (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	client_id INTEGER NOT NULL, 
	order_id INTEGER NOT NULL, 
	number VARCHAR NOT NULL, 
	issued_on DATE NOT NULL, 
	amount_cents INTEGER NOT NULL, 
	reopens BOOLEAN NOT NULL, 
	commission_cents INTEGER, 
	note VARCHAR NOT NULL, 
	UNIQUE (number), 
	FOREIGN KEY(client_id) REFERENCES client (id), 
	FOREIGN KEY(order_id) REFERENCES "order" (id)
);
CREATE TABLE csat_check (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	day DATE NOT NULL, 
	checked_at DATETIME NOT NULL, 
	UNIQUE (day)
);
CREATE TABLE csat_response (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	client_id INTEGER NOT NULL, 
	assignment_id INTEGER, 
	external_id VARCHAR NOT NULL, 
	responded_at DATETIME NOT NULL, 
	score INTEGER NOT NULL, 
	comment VARCHAR NOT NULL, 
	answered_at DATETIME, 
	nps INTEGER, 
	read_at DATETIME, 
	themes VARCHAR DEFAULT '' NOT NULL, 
	action_task_id INTEGER, 
	FOREIGN KEY(client_id) REFERENCES client (id), 
	FOREIGN KEY(assignment_id) REFERENCES assignment (id), 
	UNIQUE (external_id), 
	FOREIGN KEY(action_task_id) REFERENCES task (id)
);
CREATE TABLE desk_info (
	id INTEGER NOT NULL, 
	rep_name VARCHAR NOT NULL, 
	time_zone VARCHAR NOT NULL, 
	currency VARCHAR NOT NULL, 
	country VARCHAR NOT NULL, 
	mailing_address VARCHAR DEFAULT '' NOT NULL, 
	province VARCHAR DEFAULT '' NOT NULL, 
	hq_email VARCHAR DEFAULT '' NOT NULL, 
	asm_name VARCHAR DEFAULT '' NOT NULL, 
	asm_email VARCHAR DEFAULT '' NOT NULL, service_email VARCHAR DEFAULT '' NOT NULL, company_zone VARCHAR DEFAULT '' NOT NULL, 
	PRIMARY KEY (id)
);
CREATE TABLE dismissal (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	client_id INTEGER NOT NULL, 
	rule VARCHAR NOT NULL, 
	subject VARCHAR NOT NULL, 
	mark INTEGER NOT NULL, 
	reason VARCHAR NOT NULL, 
	dismissed_at DATETIME NOT NULL, 
	UNIQUE (client_id, rule, subject), 
	FOREIGN KEY(client_id) REFERENCES client (id)
);
CREATE TABLE distinct_clients (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	client_id INTEGER NOT NULL, 
	other_id INTEGER NOT NULL, 
	UNIQUE (client_id, other_id), 
	FOREIGN KEY(client_id) REFERENCES client (id), 
	FOREIGN KEY(other_id) REFERENCES client (id)
);
CREATE TABLE expected_value (
	id INTEGER NOT NULL, 
	chance INTEGER NOT NULL, 
	amount_cents INTEGER NOT NULL, 
	by_day DATE NOT NULL, 
	PRIMARY KEY (id)
);
CREATE TABLE follow_up (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	client_id INTEGER NOT NULL, 
	status VARCHAR(32) NOT NULL, 
	due_on DATE, 
	channel VARCHAR(32), 
	reminder VARCHAR NOT NULL, 
	completed_at DATETIME, 
	outcome VARCHAR NOT NULL, 
	rule VARCHAR NOT NULL, 
	seen_through INTEGER, 
	repeat_every INTEGER, 
	repeat_unit VARCHAR DEFAULT '' NOT NULL, 
	repeat_anchor DATE, 
	promised_on DATE, 
	FOREIGN KEY(client_id) REFERENCES client (id)
);
INSERT INTO "follow_up" VALUES(1,1,'scheduled','2026-11-24','text','Ask about the coat',NULL,'','',NULL,NULL,'',NULL,NULL);
CREATE TABLE gift_certificate (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	client_id INTEGER NOT NULL, 
	for_client_id INTEGER, 
	for_name VARCHAR NOT NULL, 
	number VARCHAR NOT NULL, 
	currency VARCHAR NOT NULL, 
	sold_on DATE NOT NULL, 
	sent_at DATETIME, 
	order_id INTEGER, 
	note VARCHAR NOT NULL, 
	FOREIGN KEY(client_id) REFERENCES client (id), 
	FOREIGN KEY(for_client_id) REFERENCES client (id), 
	FOREIGN KEY(order_id) REFERENCES "order" (id), 
	UNIQUE (number)
);
INSERT INTO "gift_certificate" VALUES(1,1,NULL,'','GCJMJ5D3WH','USD','2026-11-21',NULL,NULL,'');
CREATE TABLE gift_movement (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	gift_id INTEGER NOT NULL, 
	kind VARCHAR(32) NOT NULL, 
	cents INTEGER NOT NULL, 
	at DATETIME NOT NULL, 
	order_id INTEGER, 
	return_id INTEGER, 
	note VARCHAR NOT NULL, 
	FOREIGN KEY(gift_id) REFERENCES gift_certificate (id), 
	FOREIGN KEY(order_id) REFERENCES "order" (id), 
	FOREIGN KEY(return_id) REFERENCES goods_return (id)
);
INSERT INTO "gift_movement" VALUES(1,1,'sold',5000,'2026-11-21 12:00:00.000000',NULL,NULL,'');
CREATE TABLE goal (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	metric VARCHAR NOT NULL, 
	period VARCHAR(32) NOT NULL, 
	target INTEGER NOT NULL, 
	UNIQUE (metric, period)
);
INSERT INTO "goal" VALUES(1,'booked','month',200000);
CREATE TABLE goods_return (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	client_id INTEGER NOT NULL, 
	order_id INTEGER NOT NULL, 
	root_order_id INTEGER NOT NULL, 
	number VARCHAR NOT NULL, 
	opened_on DATE NOT NULL, 
	currency VARCHAR NOT NULL, 
	address VARCHAR NOT NULL, 
	goods_cents INTEGER NOT NULL, 
	fee_cents INTEGER NOT NULL, 
	to_gift_cents INTEGER NOT NULL, 
	to_card_cents INTEGER NOT NULL, 
	passed_on_at DATETIME, 
	received_at DATETIME, 
	exchange_order_id INTEGER, 
	exchange_sent_at DATETIME, 
	credit_id INTEGER, 
	cancelled_at DATETIME, 
	note VARCHAR NOT NULL, 
	FOREIGN KEY(client_id) REFERENCES client (id), 
	FOREIGN KEY(order_id) REFERENCES "order" (id), 
	FOREIGN KEY(root_order_id) REFERENCES "order" (id), 
	FOREIGN KEY(exchange_order_id) REFERENCES "order" (id), 
	FOREIGN KEY(credit_id) REFERENCES credit_memo (id), 
	UNIQUE (number)
);
CREATE TABLE host_event (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	client_id INTEGER, 
	name VARCHAR NOT NULL, 
	code VARCHAR NOT NULL, 
	opens_on DATE NOT NULL, 
	closes_on DATE NOT NULL, 
	held_at DATETIME, 
	place VARCHAR NOT NULL, 
	link VARCHAR NOT NULL, 
	note VARCHAR NOT NULL, 
	steps_done VARCHAR NOT NULL, 
	closed_at DATETIME, 
	cancelled_at DATETIME, 
	source VARCHAR NOT NULL, 
	external_id VARCHAR, 
	FOREIGN KEY(client_id) REFERENCES client (id), 
	UNIQUE (source, external_id), 
	UNIQUE (code)
);
INSERT INTO "host_event" VALUES(1,1,'Autumn party','autumn-party','2026-11-21','2026-12-11',NULL,'','https://shop.example.com/?event=autumn-party','','',NULL,NULL,'desk',NULL);
CREATE TABLE host_order (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	event_id INTEGER NOT NULL, 
	client_id INTEGER NOT NULL, 
	number VARCHAR NOT NULL, 
	status VARCHAR(32) NOT NULL, 
	entered_at DATETIME NOT NULL, 
	placed_at DATETIME, 
	cancelled_at DATETIME, 
	reward_cents INTEGER, 
	half_price_items INTEGER, 
	order_id INTEGER, 
	note VARCHAR NOT NULL, 
	FOREIGN KEY(event_id) REFERENCES host_event (id), 
	FOREIGN KEY(client_id) REFERENCES client (id), 
	FOREIGN KEY(order_id) REFERENCES "order" (id), 
	UNIQUE (number)
);
CREATE TABLE host_order_line (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	host_order_id INTEGER NOT NULL, 
	position INTEGER NOT NULL, 
	name VARCHAR NOT NULL, 
	quantity INTEGER NOT NULL, 
	price_cents INTEGER NOT NULL, 
	pays VARCHAR(32) NOT NULL, 
	FOREIGN KEY(host_order_id) REFERENCES host_order (id)
);
CREATE TABLE import_batch (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	file_name VARCHAR NOT NULL, 
	format VARCHAR NOT NULL, 
	sha256 VARCHAR NOT NULL, 
	imported_at DATETIME NOT NULL, 
	counts VARCHAR NOT NULL
);
CREATE TABLE journal_change (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	command_id INTEGER NOT NULL, 
	table_name VARCHAR NOT NULL, 
	row_id INTEGER NOT NULL, 
	op VARCHAR NOT NULL, 
	client_id INTEGER, 
	"before" VARCHAR, 
	"after" VARCHAR, 
	left_client_id INTEGER
);
INSERT INTO "journal_change" VALUES(1,1,'client',1,'I',1,NULL,'[1,"Ana Ruiz","ana ruiz","Ana","Ruiz","",null,"","","2026-11-12 14:42:00.000000",1,0,0,null,null,null,"",""]',NULL);
INSERT INTO "journal_change" VALUES(2,1,'contact',1,'I',1,NULL,'[1,1,"Ana Ruiz","ana@example.com","ana@example.com","",1,"active","never_asked","never_asked","",""]',NULL);
INSERT INTO "journal_change" VALUES(3,2,'assignment',1,'I',1,NULL,'[1,1,null,"initial",null,null,"scheduled","2026-11-13 14:42:00.000000",null,null,null,null,"","",null,null,"","",null]',NULL);
INSERT INTO "journal_change" VALUES(4,2,'appointment',1,'I',1,NULL,'[1,1,1,"Consultation","2026-11-13 14:42:00.000000",null,null,null,"",null,null,null,""]',NULL);
INSERT INTO "journal_change" VALUES(5,3,'assignment',1,'U',1,'[1,1,null,"initial",null,null,"scheduled","2026-11-13 14:42:00.000000",null,null,null,null,"","",null,null,"","",null]','[1,1,null,"initial",null,null,"delivered","2026-11-13 14:42:00.000000",null,"2026-11-13 16:42:00.000000","2026-11-13 16:42:00.000000",null,"","",null,null,"","",null]',NULL);
INSERT INTO "journal_change" VALUES(6,3,'lookbook',1,'I',1,NULL,'[1,1,1,"Lookbook of 13 Nov 2026","2026-11-13 16:42:00.000000",""]',NULL);
INSERT INTO "journal_change" VALUES(7,4,'signal',1,'I',1,NULL,'[1,1,"checked_out","2026-11-14 14:42:00.000000","activity","s0","","","",null,"","","",null]',NULL);
INSERT INTO "journal_change" VALUES(8,4,'signal',2,'I',1,NULL,'[2,1,"booked","2026-11-15 14:42:00.000000","activity","s1","","","",null,"","","",null]',NULL);
INSERT INTO "journal_change" VALUES(9,4,'signal',3,'I',1,NULL,'[3,1,"returned","2026-11-16 14:42:00.000000","activity","s2","","","",null,"","","",null]',NULL);
INSERT INTO "journal_change" VALUES(10,5,'order',1,'I',1,NULL,'[1,1,"desk","S1001","","placed","2026-11-13 12:00:00.000000",null,null,null,"USD",42000,0,0,0,42000,0,"","","summary",null,"",null,null,null,null,"",3,0,0,null,"",null,null,""]',NULL);
INSERT INTO "journal_change" VALUES(11,5,'client',1,'U',1,'[1,"Ana Ruiz","ana ruiz","Ana","Ruiz","",null,"","","2026-11-12 14:42:00.000000",1,0,0,null,null,null,"",""]','[1,"Ana Ruiz","ana ruiz","Ana","Ruiz","",null,"","","2026-11-12 14:42:00.000000",1,0,1,"2026-11-13",null,null,"",""]',NULL);
INSERT INTO "journal_change" VALUES(12,6,'goal',1,'I',NULL,NULL,'[1,"booked","month",200000]',NULL);
INSERT INTO "journal_change" VALUES(13,7,'commission_payment',1,'I',NULL,NULL,'[1,"2026-11-21",1000,"USD",null,""]',NULL);
INSERT INTO "journal_change" VALUES(14,8,'calendar_event',1,'I',NULL,NULL,'[1,null,"blocked","Dentist","","","2026-11-22 14:42:00.000000","2026-11-22 15:42:00.000000",0,null,null,1,"desk","","",0,""]',NULL);
INSERT INTO "journal_change" VALUES(15,8,'calendar_event',1,'U',NULL,'[1,null,"blocked","Dentist","","","2026-11-22 14:42:00.000000","2026-11-22 15:42:00.000000",0,null,null,1,"desk","","",0,""]','[1,null,"blocked","Dentist","","","2026-11-22 14:42:00.000000","2026-11-22 15:42:00.000000",0,null,null,1,"desk","event-1@stylistdesk","",0,""]',NULL);
INSERT INTO "journal_change" VALUES(16,9,'follow_up',1,'I',1,NULL,'[1,1,"scheduled","2026-11-24","text","Ask about the coat",null,"","",null,null,"",null,null]',NULL);
INSERT INTO "journal_change" VALUES(17,10,'gift_certificate',1,'I',1,NULL,'[1,1,null,"","GCJMJ5D3WH","USD","2026-11-21",null,null,""]',NULL);
INSERT INTO "journal_change" VALUES(18,10,'gift_movement',1,'I',1,NULL,'[1,1,"sold",5000,"2026-11-21 12:00:00.000000",null,null,""]',NULL);
INSERT INTO "journal_change" VALUES(19,11,'host_event',1,'I',1,NULL,'[1,1,"Autumn party","autumn-party","2026-11-21","2026-12-11",null,"","https://shop.example.com/?event=autumn-party","","",null,null,"desk",null]',NULL);
INSERT INTO "journal_change" VALUES(20,12,'message',1,'I',1,NULL,'[1,1,"text","out","2026-11-21 14:42:00.000000","+15555550101","","Hi Ana, the coat is in navy too.","","commercial: purchase of 13 Nov 2026, until 13 Nov 2028"]',NULL);
CREATE TABLE journal_command (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	at DATETIME NOT NULL, 
	"by" VARCHAR NOT NULL, 
	kind VARCHAR NOT NULL, 
	name VARCHAR NOT NULL, 
	label VARCHAR NOT NULL, 
	state VARCHAR NOT NULL, 
	target_id INTEGER
);
INSERT INTO "journal_command" VALUES(1,'2026-11-12 14:42:00.000000','','do','AddClient','Added Ana Ruiz','done',NULL);
INSERT INTO "journal_command" VALUES(2,'2026-11-12 14:42:00.000000','','do','BookAssignment','Booked Ana Ruiz for Fri 13 Nov 14:42, Head to Toe','done',NULL);
INSERT INTO "journal_command" VALUES(3,'2026-11-13 16:42:00.000000','','do','DeliverLookbook','Delivered the lookbook of Ana Ruiz','done',NULL);
INSERT INTO "journal_command" VALUES(4,'2026-11-13 16:42:00.000000','','do','Do','Did something','done',NULL);
INSERT INTO "journal_command" VALUES(5,'2026-11-13 16:42:00.000000','','do','AddOrderSummary','Added order S1001 of Ana Ruiz, $420','done',NULL);
INSERT INTO "journal_command" VALUES(6,'2026-11-21 14:42:00.000000','','do','SetGoal','Set the goal for Booked to $2,000 a month','done',NULL);
INSERT INTO "journal_command" VALUES(7,'2026-11-21 14:42:00.000000','','do','RecordPayment','Recorded a payment of $10','done',NULL);
INSERT INTO "journal_command" VALUES(8,'2026-11-21 14:42:00.000000','','do','AddEvent','Blocked “Dentist” tomorrow 14:42','done',NULL);
INSERT INTO "journal_command" VALUES(9,'2026-11-21 14:42:00.000000','','do','ScheduleFollowUp','Scheduled a follow-up with Ana Ruiz for Tue 24 Nov','done',NULL);
INSERT INTO "journal_command" VALUES(10,'2026-11-21 14:42:00.000000','','do','SellGift','Sold a gift certificate of $50 to Ana Ruiz','done',NULL);
INSERT INTO "journal_command" VALUES(11,'2026-11-21 14:42:00.000000','','do','AddHostEvent','Added the event “Autumn party”','done',NULL);
INSERT INTO "journal_command" VALUES(12,'2026-11-21 14:42:00.000000','','do','LogMessage','Logged a message to Ana Ruiz','done',NULL);
CREATE TABLE journal_state (
	id INTEGER NOT NULL, 
	command_id INTEGER NOT NULL, 
	PRIMARY KEY (id)
);
INSERT INTO "journal_state" VALUES(1,0);
CREATE TABLE location (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	client_id INTEGER NOT NULL, 
	name VARCHAR NOT NULL, 
	line1 VARCHAR NOT NULL, 
	line2 VARCHAR NOT NULL, 
	city VARCHAR NOT NULL, 
	region VARCHAR NOT NULL, 
	postcode VARCHAR NOT NULL, 
	country VARCHAR NOT NULL, 
	is_primary BOOLEAN NOT NULL, 
	latitude INTEGER, 
	longitude INTEGER, 
	position_from VARCHAR DEFAULT '' NOT NULL, 
	FOREIGN KEY(client_id) REFERENCES client (id)
);
CREATE TABLE lookbook (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	client_id INTEGER NOT NULL, 
	assignment_id INTEGER, 
	title VARCHAR NOT NULL, 
	delivered_at DATETIME, 
	words VARCHAR DEFAULT '' NOT NULL, 
	FOREIGN KEY(client_id) REFERENCES client (id), 
	FOREIGN KEY(assignment_id) REFERENCES assignment (id)
);
INSERT INTO "lookbook" VALUES(1,1,1,'Lookbook of 13 Nov 2026','2026-11-13 16:42:00.000000','');
CREATE TABLE lookbook_item (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	lookbook_id INTEGER NOT NULL, 
	look VARCHAR NOT NULL, 
	name VARCHAR NOT NULL, 
	brand VARCHAR NOT NULL, 
	price_cents INTEGER, 
	currency VARCHAR NOT NULL, 
	url VARCHAR NOT NULL, 
	position INTEGER DEFAULT '0' NOT NULL, 
	picture VARCHAR DEFAULT '' NOT NULL, 
	FOREIGN KEY(lookbook_id) REFERENCES lookbook (id)
);
CREATE TABLE message (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	client_id INTEGER NOT NULL, 
	channel VARCHAR(32) NOT NULL, 
	direction VARCHAR(32) NOT NULL, 
	sent_at DATETIME NOT NULL, 
	address VARCHAR NOT NULL, 
	subject VARCHAR NOT NULL, 
	body VARCHAR NOT NULL, 
	outcome VARCHAR NOT NULL, 
	consent VARCHAR DEFAULT '' NOT NULL, 
	FOREIGN KEY(client_id) REFERENCES client (id)
);
INSERT INTO "message" VALUES(1,1,'text','out','2026-11-21 14:42:00.000000','+15555550101','','Hi Ana, the coat is in navy too.','','commercial: purchase of 13 Nov 2026, until 13 Nov 2028');
CREATE TABLE note (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	client_id INTEGER NOT NULL, 
	kind VARCHAR NOT NULL, 
	written_at DATETIME NOT NULL, 
	body VARCHAR NOT NULL, 
	season VARCHAR DEFAULT '' NOT NULL, 
	season_year INTEGER, 
	call_status VARCHAR(32), 
	author VARCHAR DEFAULT '' NOT NULL, 
	FOREIGN KEY(client_id) REFERENCES client (id)
);
CREATE TABLE opt_out (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	channel VARCHAR(32) NOT NULL, 
	address VARCHAR NOT NULL, 
	source VARCHAR NOT NULL, 
	recorded_at DATETIME NOT NULL, 
	UNIQUE (channel, address)
);
CREATE TABLE "order" (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	client_id INTEGER NOT NULL, 
	source VARCHAR NOT NULL, 
	number VARCHAR NOT NULL, 
	external_id VARCHAR NOT NULL, 
	status VARCHAR(32) NOT NULL, 
	placed_at DATETIME NOT NULL, 
	shipped_at DATETIME, 
	received_at DATETIME, 
	cancelled_at DATETIME, 
	currency VARCHAR NOT NULL, 
	subtotal_cents INTEGER NOT NULL, 
	shipping_cents INTEGER NOT NULL, 
	tax_cents INTEGER NOT NULL, 
	discount_cents INTEGER NOT NULL, 
	total_cents INTEGER NOT NULL, 
	refunded_cents INTEGER NOT NULL, 
	tags VARCHAR NOT NULL, 
	note VARCHAR NOT NULL, 
	kind VARCHAR(32) DEFAULT 'shop' NOT NULL, 
	brand_id INTEGER, 
	season VARCHAR DEFAULT '' NOT NULL, 
	season_year INTEGER, 
	ship_on DATE, 
	cancel_on DATE, 
	location_id INTEGER, 
	rep VARCHAR DEFAULT '' NOT NULL, 
	units INTEGER, 
	cancelled_cents INTEGER DEFAULT '0' NOT NULL, 
	shipped_cents INTEGER DEFAULT '0' NOT NULL, 
	rate INTEGER, 
	rate_from VARCHAR DEFAULT '' NOT NULL, 
	commission_cents INTEGER, 
	rated_at DATETIME, 
	origin VARCHAR DEFAULT '' NOT NULL, event_id INTEGER REFERENCES host_event (id), is_host_order BOOLEAN DEFAULT '0' NOT NULL, 
	UNIQUE (source, number), 
	FOREIGN KEY(client_id) REFERENCES client (id), 
	FOREIGN KEY(brand_id) REFERENCES brand (id), 
	FOREIGN KEY(location_id) REFERENCES location (id)
);
INSERT INTO "order" VALUES(1,1,'desk','S1001','','placed','2026-11-13 12:00:00.000000',NULL,NULL,NULL,'USD',42000,0,0,0,42000,0,'','','summary',NULL,'',NULL,NULL,NULL,NULL,'',3,0,0,NULL,'',NULL,NULL,'',NULL,0);
CREATE TABLE order_line (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	order_id INTEGER NOT NULL, 
	position INTEGER NOT NULL, 
	name VARCHAR NOT NULL, 
	sku VARCHAR NOT NULL, 
	brand VARCHAR NOT NULL, 
	quantity INTEGER NOT NULL, 
	price_cents INTEGER NOT NULL, 
	discount_cents INTEGER NOT NULL, 
	shipped BOOLEAN NOT NULL, 
	rate INTEGER, 
	rate_from VARCHAR DEFAULT '' NOT NULL, 
	commission_cents INTEGER, 
	FOREIGN KEY(order_id) REFERENCES "order" (id)
);
CREATE TABLE order_move (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	client_id INTEGER NOT NULL, 
	order_id INTEGER NOT NULL, 
	from_event_id INTEGER, 
	to_event_id INTEGER NOT NULL, 
	state VARCHAR(32) NOT NULL, 
	entered_at DATETIME NOT NULL, 
	requested_at DATETIME, 
	settled_at DATETIME, 
	ticket_id INTEGER, 
	note VARCHAR NOT NULL, 
	FOREIGN KEY(client_id) REFERENCES client (id), 
	FOREIGN KEY(order_id) REFERENCES "order" (id), 
	FOREIGN KEY(from_event_id) REFERENCES host_event (id), 
	FOREIGN KEY(to_event_id) REFERENCES host_event (id), 
	FOREIGN KEY(ticket_id) REFERENCES ticket (id)
);
CREATE TABLE primary_wanted (
	kind VARCHAR NOT NULL, 
	client_id INTEGER NOT NULL, 
	never INTEGER NOT NULL, 
	PRIMARY KEY (kind, client_id), 
	FOREIGN KEY(never) REFERENCES desk_info (id) DEFERRABLE INITIALLY DEFERRED
);
CREATE TABLE return_address (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	from_on DATE NOT NULL, 
	lines VARCHAR NOT NULL, 
	UNIQUE (from_on)
);
CREATE TABLE return_line (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	return_id INTEGER NOT NULL, 
	order_line_id INTEGER, 
	position INTEGER NOT NULL, 
	name VARCHAR NOT NULL, 
	quantity INTEGER NOT NULL, 
	cents INTEGER NOT NULL, 
	kind VARCHAR(32) NOT NULL, 
	is_replaced BOOLEAN NOT NULL, 
	"instead" VARCHAR NOT NULL, 
	FOREIGN KEY(return_id) REFERENCES goods_return (id), 
	FOREIGN KEY(order_line_id) REFERENCES order_line (id)
);
CREATE TABLE reward_adjustment (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	event_id INTEGER NOT NULL, 
	return_id INTEGER, 
	order_id INTEGER, 
	posted_on DATE NOT NULL, 
	cents INTEGER NOT NULL, 
	half_price_items INTEGER NOT NULL, 
	note VARCHAR NOT NULL, 
	FOREIGN KEY(event_id) REFERENCES host_event (id), 
	FOREIGN KEY(return_id) REFERENCES goods_return (id), 
	FOREIGN KEY(order_id) REFERENCES "order" (id)
);
CREATE TABLE reward_tier (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	from_cents INTEGER NOT NULL, 
	to_cents INTEGER, 
	fixed_cents INTEGER, 
	percent INTEGER, 
	half_price_items INTEGER NOT NULL, 
	UNIQUE (from_cents)
);
CREATE TABLE shipment (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	order_id INTEGER NOT NULL, 
	shipped_on DATE NOT NULL, 
	amount_cents INTEGER NOT NULL, 
	note VARCHAR NOT NULL, 
	FOREIGN KEY(order_id) REFERENCES "order" (id)
);
CREATE TABLE sign_up (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	client_id INTEGER, 
	name VARCHAR NOT NULL, 
	email VARCHAR NOT NULL, 
	phone VARCHAR NOT NULL, 
	code VARCHAR NOT NULL, 
	link VARCHAR NOT NULL, 
	added_at DATETIME NOT NULL, 
	sent_at DATETIME, 
	opened_at DATETIME, 
	enrolled_at DATETIME, 
	given_up_at DATETIME, 
	remind_on DATE, 
	note VARCHAR NOT NULL, 
	FOREIGN KEY(client_id) REFERENCES client (id), 
	UNIQUE (code)
);
CREATE TABLE signal (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	client_id INTEGER NOT NULL, 
	kind VARCHAR(32) NOT NULL, 
	occurred_at DATETIME NOT NULL, 
	source VARCHAR NOT NULL, 
	external_id VARCHAR NOT NULL, 
	lookbook VARCHAR NOT NULL, 
	item VARCHAR NOT NULL, 
	brand VARCHAR NOT NULL, 
	amount_cents INTEGER, 
	currency VARCHAR NOT NULL, 
	comment VARCHAR NOT NULL, 
	url VARCHAR NOT NULL, 
	order_id INTEGER, 
	UNIQUE (source, external_id), 
	FOREIGN KEY(client_id) REFERENCES client (id), 
	FOREIGN KEY(order_id) REFERENCES "order" (id)
);
INSERT INTO "signal" VALUES(1,1,'checked_out','2026-11-14 14:42:00.000000','activity','s0','','','',NULL,'','','',NULL);
INSERT INTO "signal" VALUES(2,1,'booked','2026-11-15 14:42:00.000000','activity','s1','','','',NULL,'','','',NULL);
INSERT INTO "signal" VALUES(3,1,'returned','2026-11-16 14:42:00.000000','activity','s2','','','',NULL,'','','',NULL);
CREATE TABLE snooze (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	client_id INTEGER NOT NULL, 
	until DATETIME NOT NULL, 
	mark INTEGER NOT NULL, 
	UNIQUE (client_id), 
	FOREIGN KEY(client_id) REFERENCES client (id)
);
ANALYZE "sqlite_master";
INSERT INTO "sqlite_stat1" VALUES('appointment','ix_appointment_assignment_id','1 1');
INSERT INTO "sqlite_stat1" VALUES('appointment','ix_appointment_location_id','1 1');
INSERT INTO "sqlite_stat1" VALUES('appointment','ix_appointment_starts_at','1 1');
INSERT INTO "sqlite_stat1" VALUES('appointment','ix_appointment_brand_id','1 1');
INSERT INTO "sqlite_stat1" VALUES('appointment','ix_appointment_client_id','1 1');
INSERT INTO "sqlite_stat1" VALUES('contact','ix_contact_client_id','1 1');
INSERT INTO "sqlite_stat1" VALUES('contact','contact_one_primary','1 1');
INSERT INTO "sqlite_stat1" VALUES('contact','ix_contact_phone','1 1');
INSERT INTO "sqlite_stat1" VALUES('contact','ix_contact_email_key','1 1');
INSERT INTO "sqlite_stat1" VALUES('calendar_event','ix_calendar_event_recurs','1 1');
INSERT INTO "sqlite_stat1" VALUES('calendar_event','ix_calendar_event_starts_at','1 1');
INSERT INTO "sqlite_stat1" VALUES('calendar_event','ix_calendar_event_client_id','1 1');
INSERT INTO "sqlite_stat1" VALUES('calendar_event','sqlite_autoindex_calendar_event_1','1 1 1 1');
INSERT INTO "sqlite_stat1" VALUES('journal_command','journal_command_stack','9 9 9 1');
INSERT INTO "sqlite_stat1" VALUES('assignment','ix_assignment_parent_id','1 1');
INSERT INTO "sqlite_stat1" VALUES('assignment','ix_assignment_client_id','1 1');
INSERT INTO "sqlite_stat1" VALUES('assignment','sqlite_autoindex_assignment_1','1 1');
INSERT INTO "sqlite_stat1" VALUES('follow_up','follow_up_due','1 1');
INSERT INTO "sqlite_stat1" VALUES('follow_up','follow_up_done','1 1 1');
INSERT INTO "sqlite_stat1" VALUES('lookbook','ix_lookbook_client_id','1 1');
INSERT INTO "sqlite_stat1" VALUES('lookbook','ix_lookbook_assignment_id','1 1');
INSERT INTO "sqlite_stat1" VALUES('gift_movement','ix_gift_movement_return_id','1 1');
INSERT INTO "sqlite_stat1" VALUES('gift_movement','ix_gift_movement_order_id','1 1');
INSERT INTO "sqlite_stat1" VALUES('gift_movement','ix_gift_movement_gift_id','1 1');
INSERT INTO "sqlite_stat1" VALUES('order','ix_order_event_id','1 1');
INSERT INTO "sqlite_stat1" VALUES('order','order_by_day','1 1 1 1 1 1 1 1 1 1 1 1 1 1');
INSERT INTO "sqlite_stat1" VALUES('order','ix_order_client_id','1 1');
INSERT INTO "sqlite_stat1" VALUES('order','ix_order_location_id','1 1');
INSERT INTO "sqlite_stat1" VALUES('order','ix_order_brand_id','1 1');
INSERT INTO "sqlite_stat1" VALUES('order','sqlite_autoindex_order_1','1 1 1');
INSERT INTO "sqlite_stat1" VALUES('message','message_of_client','1 1 1');
INSERT INTO "sqlite_stat1" VALUES('journal_change','journal_change_of_command','20 2');
INSERT INTO "sqlite_stat1" VALUES('journal_change','journal_change_of_client','20 10 1');
INSERT INTO "sqlite_stat1" VALUES('signal','signal_checked_out','1 1 1');
INSERT INTO "sqlite_stat1" VALUES('signal','ix_signal_order_id','3 3');
INSERT INTO "sqlite_stat1" VALUES('signal','signal_unseen','3 3 1 1 1');
INSERT INTO "sqlite_stat1" VALUES('signal','signal_booked','1 1 1');
INSERT INTO "sqlite_stat1" VALUES('signal','signal_returned','1 1 1 1');
INSERT INTO "sqlite_stat1" VALUES('signal','sqlite_autoindex_signal_1','3 3 1');
CREATE TABLE style_quiz (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	client_id INTEGER NOT NULL, 
	taken_at DATETIME NOT NULL, 
	spending_power INTEGER, 
	UNIQUE (client_id, taken_at), 
	FOREIGN KEY(client_id) REFERENCES client (id)
);
CREATE TABLE style_quiz_answer (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	quiz_id INTEGER NOT NULL, 
	position INTEGER NOT NULL, 
	question VARCHAR NOT NULL, 
	answer VARCHAR NOT NULL, 
	FOREIGN KEY(quiz_id) REFERENCES style_quiz (id)
);
CREATE TABLE task (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	client_id INTEGER, 
	description VARCHAR NOT NULL, 
	category VARCHAR NOT NULL, 
	assignee VARCHAR NOT NULL, 
	due_on DATE, 
	done_at DATETIME, 
	FOREIGN KEY(client_id) REFERENCES client (id)
);
CREATE TABLE ticket (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	client_id INTEGER, 
	assignment_id INTEGER, 
	csat_id INTEGER, 
	recipient VARCHAR(32) NOT NULL, 
	subject VARCHAR NOT NULL, 
	body VARCHAR NOT NULL, 
	drafted_at DATETIME NOT NULL, 
	sent_at DATETIME, 
	settled_at DATETIME, 
	FOREIGN KEY(client_id) REFERENCES client (id), 
	FOREIGN KEY(assignment_id) REFERENCES assignment (id), 
	FOREIGN KEY(csat_id) REFERENCES csat_response (id)
);
CREATE TABLE training (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	topic VARCHAR NOT NULL, 
	watched_at DATETIME, 
	video_url VARCHAR NOT NULL, 
	file_name VARCHAR NOT NULL, 
	file_sha256 VARCHAR NOT NULL
);
CREATE TABLE website (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	name VARCHAR NOT NULL, 
	headline VARCHAR NOT NULL, 
	story VARCHAR NOT NULL, 
	shop_url VARCHAR NOT NULL, 
	email VARCHAR NOT NULL, 
	phone VARCHAR NOT NULL, 
	picture_name VARCHAR NOT NULL, 
	picture_sha256 VARCHAR NOT NULL, 
	picture_words VARCHAR NOT NULL, 
	exported_at DATETIME
);
CREATE TABLE website_link (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	position INTEGER NOT NULL, 
	label VARCHAR NOT NULL, 
	url VARCHAR NOT NULL
);
CREATE INDEX ix_client_name_key ON client (name_key);
CREATE INDEX ix_consent_contact_id ON consent (contact_id);
CREATE INDEX ix_consent_client_id ON consent (client_id);
CREATE INDEX consent_of_address ON consent (channel, address);
CREATE INDEX journal_command_stack ON journal_command (kind, state, id);
CREATE INDEX journal_change_left ON journal_change (left_client_id, id) WHERE left_client_id IS NOT NULL;
CREATE INDEX journal_change_of_client ON journal_change (client_id, id);
CREATE INDEX journal_change_of_command ON journal_change (command_id);
CREATE INDEX ix_calendar_event_client_id ON calendar_event (client_id);
CREATE INDEX ix_calendar_event_starts_at ON calendar_event (starts_at);
CREATE INDEX ix_calendar_event_recurs ON calendar_event (recurs);
CREATE INDEX ix_calendar_conflict_account_id ON calendar_conflict (account_id);
CREATE INDEX ix_client_external_id_client_id ON client_external_id (client_id);
CREATE INDEX ix_contact_email_key ON contact (email_key);
CREATE INDEX ix_contact_phone ON contact (phone);
CREATE UNIQUE INDEX contact_one_primary ON contact (client_id) WHERE is_primary;
CREATE INDEX ix_contact_client_id ON contact (client_id);
CREATE UNIQUE INDEX location_one_primary ON location (client_id) WHERE is_primary;
CREATE INDEX ix_location_client_id ON location (client_id);
CREATE INDEX ix_distinct_clients_other_id ON distinct_clients (other_id);
CREATE INDEX ix_attachment_client_id ON attachment (client_id);
CREATE INDEX ix_attachment_sha256 ON attachment (sha256);
CREATE INDEX ix_commission_payment_paid_on ON commission_payment (paid_on);
CREATE INDEX ix_commission_payment_brand_id ON commission_payment (brand_id);
CREATE INDEX ix_client_brand_brand_id ON client_brand (brand_id);
CREATE INDEX ix_assignment_client_id ON assignment (client_id);
CREATE INDEX ix_assignment_parent_id ON assignment (parent_id);
CREATE INDEX follow_up_done ON follow_up (client_id, completed_at);
CREATE INDEX follow_up_due ON follow_up (due_on) WHERE status = 'scheduled';
CREATE INDEX ix_task_client_id ON task (client_id);
CREATE INDEX task_open ON task (due_on) WHERE done_at IS NULL;
CREATE INDEX ix_note_client_id ON note (client_id);
CREATE INDEX message_of_client ON message (client_id, sent_at);
CREATE INDEX message_from_her ON message (client_id, sent_at) WHERE direction = 'in';
CREATE INDEX ix_style_quiz_answer_quiz_id ON style_quiz_answer (quiz_id);
CREATE INDEX ix_order_brand_id ON "order" (brand_id);
CREATE INDEX ix_order_location_id ON "order" (location_id);
CREATE INDEX ix_order_client_id ON "order" (client_id);
CREATE INDEX order_by_day ON "order" (placed_at, client_id, received_at, currency, total_cents, shipping_cents, tax_cents, kind, status, cancelled_cents, refunded_cents, units, commission_cents);
CREATE INDEX ix_lookbook_assignment_id ON lookbook (assignment_id);
CREATE INDEX ix_lookbook_client_id ON lookbook (client_id);
CREATE INDEX ix_appointment_client_id ON appointment (client_id);
CREATE INDEX ix_appointment_brand_id ON appointment (brand_id);
CREATE INDEX ix_appointment_starts_at ON appointment (starts_at);
CREATE INDEX ix_appointment_location_id ON appointment (location_id);
CREATE INDEX ix_appointment_assignment_id ON appointment (assignment_id);
CREATE INDEX ix_csat_response_assignment_id ON csat_response (assignment_id);
CREATE INDEX ix_csat_response_action_task_id ON csat_response (action_task_id);
CREATE INDEX csat_unanswered ON csat_response (client_id) WHERE answered_at IS NULL;
CREATE INDEX ix_csat_response_client_id ON csat_response (client_id);
CREATE INDEX ix_order_line_order_id ON order_line (order_id);
CREATE INDEX ix_shipment_order_id ON shipment (order_id);
CREATE INDEX ix_credit_memo_order_id ON credit_memo (order_id);
CREATE INDEX ix_credit_memo_client_id ON credit_memo (client_id);
CREATE INDEX ix_lookbook_item_lookbook_id ON lookbook_item (lookbook_id);
CREATE INDEX signal_received ON signal (client_id, occurred_at) WHERE kind = 'received';
CREATE INDEX signal_returned ON signal (occurred_at, client_id, order_id) WHERE kind = 'returned';
CREATE INDEX signal_replied ON signal (client_id, occurred_at) WHERE kind = 'replied';
CREATE INDEX signal_booked ON signal (client_id, occurred_at) WHERE kind = 'booked';
CREATE INDEX signal_unseen ON signal (client_id, id, kind, occurred_at);
CREATE INDEX ix_signal_order_id ON signal (order_id);
CREATE INDEX signal_checked_out ON signal (occurred_at, client_id) WHERE kind = 'checked_out' AND order_id IS NULL;
CREATE INDEX ix_ticket_client_id ON ticket (client_id);
CREATE INDEX ix_ticket_assignment_id ON ticket (assignment_id);
CREATE INDEX ix_ticket_csat_id ON ticket (csat_id);
CREATE INDEX ix_commission_rate_brand_id ON commission_rate (brand_id);
CREATE INDEX ix_commission_rate_client_id ON commission_rate (client_id);
CREATE INDEX ix_commission_rate_order_line_id ON commission_rate (order_line_id);
CREATE INDEX ix_commission_rate_order_id ON commission_rate (order_id);
CREATE INDEX ix_host_event_client_id ON host_event (client_id);
CREATE INDEX ix_host_event_opens_on ON host_event (opens_on);
CREATE INDEX ix_host_event_closes_on ON host_event (closes_on);
CREATE INDEX ix_host_order_event_id ON host_order (event_id);
CREATE INDEX ix_host_order_client_id ON host_order (client_id);
CREATE INDEX ix_host_order_order_id ON host_order (order_id);
CREATE INDEX ix_host_order_line_host_order_id ON host_order_line (host_order_id);
CREATE INDEX ix_order_move_client_id ON order_move (client_id);
CREATE INDEX ix_order_move_order_id ON order_move (order_id);
CREATE INDEX ix_order_move_from_event_id ON order_move (from_event_id);
CREATE INDEX ix_order_move_to_event_id ON order_move (to_event_id);
CREATE INDEX ix_order_move_ticket_id ON order_move (ticket_id);
CREATE INDEX ix_gift_certificate_client_id ON gift_certificate (client_id);
CREATE INDEX ix_gift_certificate_for_client_id ON gift_certificate (for_client_id);
CREATE INDEX ix_gift_certificate_order_id ON gift_certificate (order_id);
CREATE INDEX ix_goods_return_client_id ON goods_return (client_id);
CREATE INDEX ix_goods_return_order_id ON goods_return (order_id);
CREATE INDEX ix_goods_return_root_order_id ON goods_return (root_order_id);
CREATE INDEX ix_goods_return_exchange_order_id ON goods_return (exchange_order_id);
CREATE INDEX ix_goods_return_credit_id ON goods_return (credit_id);
CREATE INDEX ix_return_line_return_id ON return_line (return_id);
CREATE INDEX ix_return_line_order_line_id ON return_line (order_line_id);
CREATE INDEX ix_gift_movement_gift_id ON gift_movement (gift_id);
CREATE INDEX ix_gift_movement_order_id ON gift_movement (order_id);
CREATE INDEX ix_gift_movement_return_id ON gift_movement (return_id);
CREATE INDEX ix_card_payment_client_id ON card_payment (client_id);
CREATE INDEX ix_card_payment_order_id ON card_payment (order_id);
CREATE INDEX ix_card_payment_return_id ON card_payment (return_id);
CREATE INDEX ix_reward_adjustment_event_id ON reward_adjustment (event_id);
CREATE INDEX ix_reward_adjustment_return_id ON reward_adjustment (return_id);
CREATE INDEX ix_reward_adjustment_order_id ON reward_adjustment (order_id);
CREATE INDEX ix_company_file_sha256 ON company_file (sha256);
CREATE INDEX ix_sign_up_client_id ON sign_up (client_id);
CREATE UNIQUE INDEX training_topic ON training (topic);
CREATE INDEX ix_order_event_id ON "order" (event_id);
CREATE TRIGGER "journal_availability_I" AFTER INSERT ON "availability"  BEGIN INSERT INTO journal_change (command_id, table_name, row_id, op, client_id, before, after, left_client_id) VALUES ((SELECT command_id FROM journal_state WHERE id = 1), 'availability', NEW.id, 'I', NULL, NULL, json_array(NEW."id", NEW."weekday", NEW."on_day", NEW."starts", NEW."ends"), NULL); END;
CREATE TRIGGER "journal_availability_U" AFTER UPDATE ON "availability" WHEN OLD."id" IS NOT NEW."id" OR OLD."weekday" IS NOT NEW."weekday" OR OLD."on_day" IS NOT NEW."on_day" OR OLD."starts" IS NOT NEW."starts" OR OLD."ends" IS NOT NEW."ends" BEGIN INSERT INTO journal_change (command_id, table_name, row_id, op, client_id, before, after, left_client_id) VALUES ((SELECT command_id FROM journal_state WHERE id = 1), 'availability', NEW.id, 'U', NULL, json_array(OLD."id", OLD."weekday", OLD."on_day", OLD."starts", OLD."ends"), json_array(NEW."id", NEW."weekday", NEW."on_day", NEW."starts", NEW."ends"), NULL); END;
CREATE TRIGGER "journal_availability_D" AFTER DELETE ON "availability"  BEGIN INSERT INTO journal_change (command_id, table_name, row_id, op, client_id, before, after, left_client_id) VALUES ((SELECT command_id FROM journal_state WHERE id = 1), 'availability', OLD.id, 'D', NULL, json_array(OLD."id", OLD."weekday", OLD."on_day", OLD."starts", OLD."ends"), NULL, NULL); END;
CREATE TRIGGER "journal_brand_I" AFTER INSERT ON "brand"  BEGIN INSERT INTO journal_change (command_id, table_name, row_id, op, client_id, before, after, left_client_id) VALUES ((SELECT command_id FROM journal_state WHERE id = 1), 'brand', NEW.id, 'I', NULL, NULL, json_array(NEW."id", NEW."name", NEW."name_key", NEW."note"), NULL); END;
CREATE TRIGGER "journal_brand_U" AFTER UPDATE ON "brand" WHEN OLD."id" IS NOT NEW."id" OR OLD."name" IS NOT NEW."name" OR OLD."name_key" IS NOT NEW."name_key" OR OLD."note" IS NOT NEW."note" BEGIN INSERT INTO journal_change (command_id, table_name, row_id, op, client_id, before, after, left_client_id) VALUES ((SELECT command_id FROM journal_state WHERE id = 1), 'brand', NEW.id, 'U', NULL, json_array(OLD."id", OLD."name", OLD."name_key", OLD."note"), json_array(NEW."id", NEW."name", NEW."name_key", NEW."note"), NULL); END;
CREATE TRIGGER "journal_brand_D" AFTER DELETE ON "brand"  BEGIN INSERT INTO journal_change (command_id, table_name, row_id, op, client_id, before, after, left_client_id) VALUES ((SELECT command_id FROM journal_state WHERE id = 1), 'brand', OLD.id, 'D', NULL, json_array(OLD."id", OLD."name", OLD."name_key", OLD."note"), NULL, NULL); END;
CREATE TRIGGER "journal_calendar_account_I" AFTER INSERT ON "calendar_account"  BEGIN INSERT INTO journal_change (command_id, table_name, row_id, op, client_id, before, after, left_client_id) VALUES ((SELECT command_id FROM journal_state WHERE id = 1), 'calendar_account', NEW.id, 'I', NULL, NULL, json_array(NEW."id", NEW."name", NEW."url", NEW."username", NEW."synced_at"), NULL); END;
CREATE TRIGGER "journal_calendar_account_U" AFTER UPDATE ON "calendar_account" WHEN OLD."id" IS NOT NEW."id" OR OLD."name" IS NOT NEW."name" OR OLD."url" IS NOT NEW."url" OR OLD."username" IS NOT NEW."username" OR OLD."synced_at" IS NOT NEW."synced_at" BEGIN INSERT INTO journal_change (command_id, table_name, row_id, op, client_id, before, after, left_client_id) VALUES ((SELECT command_id FROM journal_state WHERE id = 1), 'calendar_account', NEW.id, 'U', NULL, json_array(OLD."id", OLD."name", OLD."url", OLD."username", OLD."synced_at"), json_array(NEW."id", NEW."name", NEW."url", NEW."username", NEW."synced_at"), NULL); END;
CREATE TRIGGER "journal_calendar_account_D" AFTER DELETE ON "calendar_account"  BEGIN INSERT INTO journal_change (command_id, table_name, row_id, op, client_id, before, after, left_client_id) VALUES ((SELECT command_id FROM journal_state WHERE id = 1), 'calendar_account', OLD.id, 'D', NULL, json_array(OLD."id", OLD."name", OLD."url", OLD."username", OLD."synced_at"), NULL, NULL); END;
CREATE TRIGGER "journal_client_I" AFTER INSERT ON "client"  BEGIN INSERT INTO journal_change (command_id, table_name, row_id, op, client_id, before, after, left_client_id) VALUES ((SELECT command_id FROM journal_state WHERE id = 1), 'client', NEW.id, 'I', NEW.id, NULL, json_array(NEW."id", NEW."name", NEW."name_key", NEW."first_name", NEW."last_name", NEW."company", NEW."spending_power", NEW."tags", NEW."description", NEW."added_at", NEW."added_by_hand", NEW."watermark", NEW."order_count", NEW."last_order_on", NEW."rhythm_days", NEW."stage", NEW."birthday", NEW."website"), NULL); END;
CREATE TRIGGER "journal_client_U" AFTER UPDATE ON "client" WHEN OLD."id" IS NOT NEW."id" OR OLD."name" IS NOT NEW."name" OR OLD."name_key" IS NOT NEW."name_key" OR OLD."first_name" IS NOT NEW."first_name" OR OLD."last_name" IS NOT NEW."last_name" OR OLD."company" IS NOT NEW."company" OR OLD."spending_power" IS NOT NEW."spending_power" OR OLD."tags" IS NOT NEW."tags" OR OLD."description" IS NOT NEW."description" OR OLD."added_at" IS NOT NEW."added_at" OR OLD."added_by_hand" IS NOT NEW."added_by_hand" OR OLD."watermark" IS NOT NEW."watermark" OR OLD."order_count" IS NOT NEW."order_count" OR OLD."last_order_on" IS NOT NEW."last_order_on" OR OLD."rhythm_days" IS NOT NEW."rhythm_days" OR OLD."stage" IS NOT NEW."stage" OR OLD."birthday" IS NOT NEW."birthday" OR OLD."website" IS NOT NEW."website" BEGIN INSERT INTO journal_change (command_id, table_name, row_id, op, client_id, before, after, left_client_id) VALUES ((SELECT command_id FROM journal_state WHERE id = 1), 'client', NEW.id, 'U', NEW.id, json_array(OLD."id", OLD."name", OLD."name_key", OLD."first_name", OLD."last_name", OLD."company", OLD."spending_power", OLD."tags", OLD."description", OLD."added_at", OLD."added_by_hand", OLD."watermark", OLD."order_count", OLD."last_order_on", OLD."rhythm_days", OLD."stage", OLD."birthday", OLD."website"), json_array(NEW."id", NEW."name", NEW."name_key", NEW."first_name", NEW."last_name", NEW."company", NEW."spending_power", NEW."tags", NEW."description", NEW."added_at", NEW."added_by_hand", NEW."watermark", NEW."order_count", NEW."last_order_on", NEW."rhythm_days", NEW."stage", NEW."birthday", NEW."website"), NULL); END;
CREATE TRIGGER "journal_client_D" AFTER DELETE ON "client"  BEGIN INSERT INTO journal_change (command_id, table_name, row_id, op, client_id, before, after, left_client_id) VALUES ((SELECT command_id FROM journal_state WHERE id = 1), 'client', OLD.id, 'D', OLD.id, json_array(OLD."id", OLD."name", OLD."name_key", OLD."first_name", OLD."last_name", OLD."company", OLD."spending_power", OLD."tags", OLD."description", OLD."added_at", OLD."added_by_hand", OLD."watermark", OLD."order_count", OLD."last_order_on", OLD."rhythm_days", OLD."stage", OLD."birthday", OLD."website"), NULL, NULL); END;
CREATE TRIGGER "journal_company_file_I" AFTER INSERT ON "company_file"  BEGIN INSERT INTO journal_change (command_id, table_name, row_id, op, client_id, before, after, left_client_id) VALUES ((SELECT command_id FROM journal_state WHERE id = 1), 'company_file', NEW.id, 'I', NULL, NULL, json_array(NEW."id", NEW."title", NEW."kind", NEW."dated_on", NEW."name", NEW."sha256", NEW."size", NEW."added_at", NEW."note"), NULL); END;
CREATE TRIGGER "journal_company_file_U" AFTER UPDATE ON "company_file" WHEN OLD."id" IS NOT NEW."id" OR OLD."title" IS NOT NEW."title" OR OLD."kind" IS NOT NEW."kind" OR OLD."dated_on" IS NOT NEW."dated_on" OR OLD."name" IS NOT NEW."name" OR OLD."sha256" IS NOT NEW."sha256" OR OLD."size" IS NOT NEW."size" OR OLD."added_at" IS NOT NEW."added_at" OR OLD."note" IS NOT NEW."note" BEGIN INSERT INTO journal_change (command_id, table_name, row_id, op, client_id, before, after, left_client_id) VALUES ((SELECT command_id FROM journal_state WHERE id = 1), 'company_file', NEW.id, 'U', NULL, json_array(OLD."id", OLD."title", OLD."kind", OLD."dated_on", OLD."name", OLD."sha256", OLD."size", OLD."added_at", OLD."note"), json_array(NEW."id", NEW."title", NEW."kind", NEW."dated_on", NEW."name", NEW."sha256", NEW."size", NEW."added_at", NEW."note"), NULL); END;
CREATE TRIGGER "journal_company_file_D" AFTER DELETE ON "company_file"  BEGIN INSERT INTO journal_change (command_id, table_name, row_id, op, client_id, before, after, left_client_id) VALUES ((SELECT command_id FROM journal_state WHERE id = 1), 'company_file', OLD.id, 'D', NULL, json_array(OLD."id", OLD."title", OLD."kind", OLD."dated_on", OLD."name", OLD."sha256", OLD."size", OLD."added_at", OLD."note"), NULL, NULL); END;
CREATE TRIGGER "journal_consent_I" AFTER INSERT ON "consent"  BEGIN INSERT INTO journal_change (command_id, table_name, row_id, op, client_id, before, after, left_client_id) VALUES ((SELECT command_id FROM journal_state WHERE id = 1), 'consent', NEW.id, 'I', NEW.client_id, NULL, json_array(NEW."id", NEW."client_id", NEW."contact_id", NEW."channel", NEW."address", NEW."state", NEW."source", NEW."recorded_at", NEW."ground", NEW."happened_on", NEW."ends_on", NEW."evidence", NEW."previous_hash", NEW."hash"), NULL); END;
CREATE TRIGGER "journal_consent_U" AFTER UPDATE ON "consent" WHEN OLD."id" IS NOT NEW."id" OR OLD."client_id" IS NOT NEW."client_id" OR OLD."contact_id" IS NOT NEW."contact_id" OR OLD."channel" IS NOT NEW."channel" OR OLD."address" IS NOT NEW."address" OR OLD."state" IS NOT NEW."state" OR OLD."source" IS NOT NEW."source" OR OLD."recorded_at" IS NOT NEW."recorded_at" OR OLD."ground" IS NOT NEW."ground" OR OLD."happened_on" IS NOT NEW."happened_on" OR OLD."ends_on" IS NOT NEW."ends_on" OR OLD."evidence" IS NOT NEW."evidence" OR OLD."previous_hash" IS NOT NEW."previous_hash" OR OLD."hash" IS NOT NEW."hash" BEGIN INSERT INTO journal_change (command_id, table_name, row_id, op, client_id, before, after, left_client_id) VALUES ((SELECT command_id FROM journal_state WHERE id = 1), 'consent', NEW.id, 'U', NEW.client_id, json_array(OLD."id", OLD."client_id", OLD."contact_id", OLD."channel", OLD."address", OLD."state", OLD."source", OLD."recorded_at", OLD."ground", OLD."happened_on", OLD."ends_on", OLD."evidence", OLD."previous_hash", OLD."hash"), json_array(NEW."id", NEW."client_id", NEW."contact_id", NEW."channel", NEW."address", NEW."state", NEW."source", NEW."recorded_at", NEW."ground", NEW."happened_on", NEW."ends_on", NEW."evidence", NEW."previous_hash", NEW."hash"), CASE WHEN OLD.client_id IS NOT NEW.client_id THEN OLD.client_id END); END;
CREATE TRIGGER "journal_consent_D" AFTER DELETE ON "consent"  BEGIN INSERT INTO journal_change (command_id, table_name, row_id, op, client_id, before, after, left_client_id) VALUES ((SELECT command_id FROM journal_state WHERE id = 1), 'consent', OLD.id, 'D', OLD.client_id, json_array(OLD."id", OLD."client_id", OLD."contact_id", OLD."channel", OLD."address", OLD."state", OLD."source", OLD."recorded_at", OLD."ground", OLD."happened_on", OLD."ends_on", OLD."evidence", OLD."previous_hash", OLD."hash"), NULL, NULL); END;
CREATE TRIGGER "journal_consent_kept_U" BEFORE UPDATE ON "consent" WHEN OLD.channel IS NOT NEW.channel OR OLD.address IS NOT NEW.address OR OLD.state IS NOT NEW.state OR OLD.source IS NOT NEW.source OR OLD.recorded_at IS NOT NEW.recorded_at OR OLD.ground IS NOT NEW.ground OR OLD.happened_on IS NOT NEW.happened_on OR OLD.ends_on IS NOT NEW.ends_on OR OLD.evidence IS NOT NEW.evidence OR OLD.previous_hash IS NOT NEW.previous_hash OR OLD.hash IS NOT NEW.hash BEGIN SELECT RAISE(ABORT, 'the consent ledger is append-only'); END;
CREATE TRIGGER "journal_consent_kept_D" BEFORE DELETE ON "consent" WHEN NOT EXISTS (SELECT 1 FROM journal_command WHERE kind = 'undo' AND id = (SELECT command_id FROM journal_state WHERE id = 1)) OR EXISTS (SELECT 1 FROM consent WHERE channel = OLD.channel AND address = OLD.address AND id > OLD.id) BEGIN SELECT RAISE(ABORT, 'the consent ledger is append-only'); END;
CREATE TRIGGER "journal_csat_check_I" AFTER INSERT ON "csat_check"  BEGIN INSERT INTO journal_change (command_id, table_name, row_id, op, client_id, before, after, left_client_id) VALUES ((SELECT command_id FROM journal_state WHERE id = 1), 'csat_check', NEW.id, 'I', NULL, NULL, json_array(NEW."id", NEW."day", NEW."checked_at"), NULL); END;
CREATE TRIGGER "journal_csat_check_U" AFTER UPDATE ON "csat_check" WHEN OLD."id" IS NOT NEW."id" OR OLD."day" IS NOT NEW."day" OR OLD."checked_at" IS NOT NEW."checked_at" BEGIN INSERT INTO journal_change (command_id, table_name, row_id, op, client_id, before, after, left_client_id) VALUES ((SELECT command_id FROM journal_state WHERE id = 1), 'csat_check', NEW.id, 'U', NULL, json_array(OLD."id", OLD."day", OLD."checked_at"), json_array(NEW."id", NEW."day", NEW."checked_at"), NULL); END;
CREATE TRIGGER "journal_csat_check_D" AFTER DELETE ON "csat_check"  BEGIN INSERT INTO journal_change (command_id, table_name, row_id, op, client_id, before, after, left_client_id) VALUES ((SELECT command_id FROM journal_state WHERE id = 1), 'csat_check', OLD.id, 'D', NULL, json_array(OLD."id", OLD."day", OLD."checked_at"), NULL, NULL); END;
CREATE TRIGGER "journal_desk_info_I" AFTER INSERT ON "desk_info"  BEGIN INSERT INTO journal_change (command_id, table_name, row_id, op, client_id, before, after, left_client_id) VALUES ((SELECT command_id FROM journal_state WHERE id = 1), 'desk_info', NEW.id, 'I', NULL, NULL, json_array(NEW."id", NEW."rep_name", NEW."time_zone", NEW."currency", NEW."country", NEW."mailing_address", NEW."province", NEW."hq_email", NEW."asm_name", NEW."asm_email", NEW."service_email", NEW."company_zone"), NULL); END;
CREATE TRIGGER "journal_desk_info_U" AFTER UPDATE ON "desk_info" WHEN OLD."id" IS NOT NEW."id" OR OLD."rep_name" IS NOT NEW."rep_name" OR OLD."time_zone" IS NOT NEW."time_zone" OR OLD."currency" IS NOT NEW."currency" OR OLD."country" IS NOT NEW."country" OR OLD."mailing_address" IS NOT NEW."mailing_address" OR OLD."province" IS NOT NEW."province" OR OLD."hq_email" IS NOT NEW."hq_email" OR OLD."asm_name" IS NOT NEW."asm_name" OR OLD."asm_email" IS NOT NEW."asm_email" OR OLD."service_email" IS NOT NEW."service_email" OR OLD."company_zone" IS NOT NEW."company_zone" BEGIN INSERT INTO journal_change (command_id, table_name, row_id, op, client_id, before, after, left_client_id) VALUES ((SELECT command_id FROM journal_state WHERE id = 1), 'desk_info', NEW.id, 'U', NULL, json_array(OLD."id", OLD."rep_name", OLD."time_zone", OLD."currency", OLD."country", OLD."mailing_address", OLD."province", OLD."hq_email", OLD."asm_name", OLD."asm_email", OLD."service_email", OLD."company_zone"), json_array(NEW."id", NEW."rep_name", NEW."time_zone", NEW."currency", NEW."country", NEW."mailing_address", NEW."province", NEW."hq_email", NEW."asm_name", NEW."asm_email", NEW."service_email", NEW."company_zone"), NULL); END;
CREATE TRIGGER "journal_desk_info_D" AFTER DELETE ON "desk_info"  BEGIN INSERT INTO journal_change (command_id, table_name, row_id, op, client_id, before, after, left_client_id) VALUES ((SELECT command_id FROM journal_state WHERE id = 1), 'desk_info', OLD.id, 'D', NULL, json_array(OLD."id", OLD."rep_name", OLD."time_zone", OLD."currency", OLD."country", OLD."mailing_address", OLD."province", OLD."hq_email", OLD."asm_name", OLD."asm_email", OLD."service_email", OLD."company_zone"), NULL, NULL); END;
CREATE TRIGGER "journal_goal_I" AFTER INSERT ON "goal"  BEGIN INSERT INTO journal_change (command_id, table_name, row_id, op, client_id, before, after, left_client_id) VALUES ((SELECT command_id FROM journal_state WHERE id = 1), 'goal', NEW.id, 'I', NULL, NULL, json_array(NEW."id", NEW."metric", NEW."period", NEW."target"), NULL); END;
CREATE TRIGGER "journal_goal_U" AFTER UPDATE ON "goal" WHEN OLD."id" IS NOT NEW."id" OR OLD."metric" IS NOT NEW."metric" OR OLD."period" IS NOT NEW."period" OR OLD."target" IS NOT NEW."target" BEGIN INSERT INTO journal_change (command_id, table_name, row_id, op, client_id, before, after, left_client_id) VALUES ((SELECT command_id FROM journal_state WHERE id = 1), 'goal', NEW.id, 'U', NULL, json_array(OLD."id", OLD."metric", OLD."period", OLD."target"), json_array(NEW."id", NEW."metric", NEW."period", NEW."target"), NULL); END;
CREATE TRIGGER "journal_goal_D" AFTER DELETE ON "goal"  BEGIN INSERT INTO journal_change (command_id, table_name, row_id, op, client_id, before, after, left_client_id) VALUES ((SELECT command_id FROM journal_state WHERE id = 1), 'goal', OLD.id, 'D', NULL, json_array(OLD."id", OLD."metric", OLD."period", OLD."target"), NULL, NULL); END;
CREATE TRIGGER "journal_import_batch_I" AFTER INSERT ON "import_batch"  BEGIN INSERT INTO journal_change (command_id, table_name, row_id, op, client_id, before, after, left_client_id) VALUES ((SELECT command_id FROM journal_state WHERE id = 1), 'import_batch', NEW.id, 'I', NULL, NULL, json_array(NEW."id", NEW."file_name", NEW."format", NEW."sha256", NEW."imported_at", NEW."counts"), NULL); END;
CREATE TRIGGER "journal_import_batch_U" AFTER UPDATE ON "import_batch" WHEN OLD."id" IS NOT NEW."id" OR OLD."file_name" IS NOT NEW."file_name" OR OLD."format" IS NOT NEW."format" OR OLD."sha256" IS NOT NEW."sha256" OR OLD."imported_at" IS NOT NEW."imported_at" OR OLD."counts" IS NOT NEW."counts" BEGIN INSERT INTO journal_change (command_id, table_name, row_id, op, client_id, before, after, left_client_id) VALUES ((SELECT command_id FROM journal_state WHERE id = 1), 'import_batch', NEW.id, 'U', NULL, json_array(OLD."id", OLD."file_name", OLD."format", OLD."sha256", OLD."imported_at", OLD."counts"), json_array(NEW."id", NEW."file_name", NEW."format", NEW."sha256", NEW."imported_at", NEW."counts"), NULL); END;
CREATE TRIGGER "journal_import_batch_D" AFTER DELETE ON "import_batch"  BEGIN INSERT INTO journal_change (command_id, table_name, row_id, op, client_id, before, after, left_client_id) VALUES ((SELECT command_id FROM journal_state WHERE id = 1), 'import_batch', OLD.id, 'D', NULL, json_array(OLD."id", OLD."file_name", OLD."format", OLD."sha256", OLD."imported_at", OLD."counts"), NULL, NULL); END;
CREATE TRIGGER "journal_opt_out_I" AFTER INSERT ON "opt_out"  BEGIN INSERT INTO journal_change (command_id, table_name, row_id, op, client_id, before, after, left_client_id) VALUES ((SELECT command_id FROM journal_state WHERE id = 1), 'opt_out', NEW.id, 'I', NULL, NULL, json_array(NEW."id", NEW."channel", NEW."address", NEW."source", NEW."recorded_at"), NULL); END;
CREATE TRIGGER "journal_opt_out_U" AFTER UPDATE ON "opt_out" WHEN OLD."id" IS NOT NEW."id" OR OLD."channel" IS NOT NEW."channel" OR OLD."address" IS NOT NEW."address" OR OLD."source" IS NOT NEW."source" OR OLD."recorded_at" IS NOT NEW."recorded_at" BEGIN INSERT INTO journal_change (command_id, table_name, row_id, op, client_id, before, after, left_client_id) VALUES ((SELECT command_id FROM journal_state WHERE id = 1), 'opt_out', NEW.id, 'U', NULL, json_array(OLD."id", OLD."channel", OLD."address", OLD."source", OLD."recorded_at"), json_array(NEW."id", NEW."channel", NEW."address", NEW."source", NEW."recorded_at"), NULL); END;
CREATE TRIGGER "journal_opt_out_D" AFTER DELETE ON "opt_out"  BEGIN INSERT INTO journal_change (command_id, table_name, row_id, op, client_id, before, after, left_client_id) VALUES ((SELECT command_id FROM journal_state WHERE id = 1), 'opt_out', OLD.id, 'D', NULL, json_array(OLD."id", OLD."channel", OLD."address", OLD."source", OLD."recorded_at"), NULL, NULL); END;
CREATE TRIGGER "journal_return_address_I" AFTER INSERT ON "return_address"  BEGIN INSERT INTO journal_change (command_id, table_name, row_id, op, client_id, before, after, left_client_id) VALUES ((SELECT command_id FROM journal_state WHERE id = 1), 'return_address', NEW.id, 'I', NULL, NULL, json_array(NEW."id", NEW."from_on", NEW."lines"), NULL); END;
CREATE TRIGGER "journal_return_address_U" AFTER UPDATE ON "return_address" WHEN OLD."id" IS NOT NEW."id" OR OLD."from_on" IS NOT NEW."from_on" OR OLD."lines" IS NOT NEW."lines" BEGIN INSERT INTO journal_change (command_id, table_name, row_id, op, client_id, before, after, left_client_id) VALUES ((SELECT command_id FROM journal_state WHERE id = 1), 'return_address', NEW.id, 'U', NULL, json_array(OLD."id", OLD."from_on", OLD."lines"), json_array(NEW."id", NEW."from_on", NEW."lines"), NULL); END;
CREATE TRIGGER "journal_return_address_D" AFTER DELETE ON "return_address"  BEGIN INSERT INTO journal_change (command_id, table_name, row_id, op, client_id, before, after, left_client_id) VALUES ((SELECT command_id FROM journal_state WHERE id = 1), 'return_address', OLD.id, 'D', NULL, json_array(OLD."id", OLD."from_on", OLD."lines"), NULL, NULL); END;
CREATE TRIGGER "journal_reward_tier_I" AFTER INSERT ON "reward_tier"  BEGIN INSERT INTO journal_change (command_id, table_name, row_id, op, client_id, before, after, left_client_id) VALUES ((SELECT command_id FROM journal_state WHERE id = 1), 'reward_tier', NEW.id, 'I', NULL, NULL, json_array(NEW."id", NEW."from_cents", NEW."to_cents", NEW."fixed_cents", NEW."percent", NEW."half_price_items"), NULL); END;
CREATE TRIGGER "journal_reward_tier_U" AFTER UPDATE ON "reward_tier" WHEN OLD."id" IS NOT NEW."id" OR OLD."from_cents" IS NOT NEW."from_cents" OR OLD."to_cents" IS NOT NEW."to_cents" OR OLD."fixed_cents" IS NOT NEW."fixed_cents" OR OLD."percent" IS NOT NEW."percent" OR OLD."half_price_items" IS NOT NEW."half_price_items" BEGIN INSERT INTO journal_change (command_id, table_name, row_id, op, client_id, before, after, left_client_id) VALUES ((SELECT command_id FROM journal_state WHERE id = 1), 'reward_tier', NEW.id, 'U', NULL, json_array(OLD."id", OLD."from_cents", OLD."to_cents", OLD."fixed_cents", OLD."percent", OLD."half_price_items"), json_array(NEW."id", NEW."from_cents", NEW."to_cents", NEW."fixed_cents", NEW."percent", NEW."half_price_items"), NULL); END;
CREATE TRIGGER "journal_reward_tier_D" AFTER DELETE ON "reward_tier"  BEGIN INSERT INTO journal_change (command_id, table_name, row_id, op, client_id, before, after, left_client_id) VALUES ((SELECT command_id FROM journal_state WHERE id = 1), 'reward_tier', OLD.id, 'D', NULL, json_array(OLD."id", OLD."from_cents", OLD."to_cents", OLD."fixed_cents", OLD."percent", OLD."half_price_items"), NULL, NULL); END;
CREATE TRIGGER "journal_training_I" AFTER INSERT ON "training"  BEGIN INSERT INTO journal_change (command_id, table_name, row_id, op, client_id, before, after, left_client_id) VALUES ((SELECT command_id FROM journal_state WHERE id = 1), 'training', NEW.id, 'I', NULL, NULL, json_array(NEW."id", NEW."topic", NEW."watched_at", NEW."video_url", NEW."file_name", NEW."file_sha256"), NULL); END;
CREATE TRIGGER "journal_training_U" AFTER UPDATE ON "training" WHEN OLD."id" IS NOT NEW."id" OR OLD."topic" IS NOT NEW."topic" OR OLD."watched_at" IS NOT NEW."watched_at" OR OLD."video_url" IS NOT NEW."video_url" OR OLD."file_name" IS NOT NEW."file_name" OR OLD."file_sha256" IS NOT NEW."file_sha256" BEGIN INSERT INTO journal_change (command_id, table_name, row_id, op, client_id, before, after, left_client_id) VALUES ((SELECT command_id FROM journal_state WHERE id = 1), 'training', NEW.id, 'U', NULL, json_array(OLD."id", OLD."topic", OLD."watched_at", OLD."video_url", OLD."file_name", OLD."file_sha256"), json_array(NEW."id", NEW."topic", NEW."watched_at", NEW."video_url", NEW."file_name", NEW."file_sha256"), NULL); END;
CREATE TRIGGER "journal_training_D" AFTER DELETE ON "training"  BEGIN INSERT INTO journal_change (command_id, table_name, row_id, op, client_id, before, after, left_client_id) VALUES ((SELECT command_id FROM journal_state WHERE id = 1), 'training', OLD.id, 'D', NULL, json_array(OLD."id", OLD."topic", OLD."watched_at", OLD."video_url", OLD."file_name", OLD."file_sha256"), NULL, NULL); END;
CREATE TRIGGER "journal_website_I" AFTER INSERT ON "website"  BEGIN INSERT INTO journal_change (command_id, table_name, row_id, op, client_id, before, after, left_client_id) VALUES ((SELECT command_id FROM journal_state WHERE id = 1), 'website', NEW.id, 'I', NULL, NULL, json_array(NEW."id", NEW."name", NEW."headline", NEW."story", NEW."shop_url", NEW."email", NEW."phone", NEW."picture_name", NEW."picture_sha256", NEW."picture_words", NEW."exported_at"), NULL); END;
CREATE TRIGGER "journal_website_U" AFTER UPDATE ON "website" WHEN OLD."id" IS NOT NEW."id" OR OLD."name" IS NOT NEW."name" OR OLD."headline" IS NOT NEW."headline" OR OLD."story" IS NOT NEW."story" OR OLD."shop_url" IS NOT NEW."shop_url" OR OLD."email" IS NOT NEW."email" OR OLD."phone" IS NOT NEW."phone" OR OLD."picture_name" IS NOT NEW."picture_name" OR OLD."picture_sha256" IS NOT NEW."picture_sha256" OR OLD."picture_words" IS NOT NEW."picture_words" OR OLD."exported_at" IS NOT NEW."exported_at" BEGIN INSERT INTO journal_change (command_id, table_name, row_id, op, client_id, before, after, left_client_id) VALUES ((SELECT command_id FROM journal_state WHERE id = 1), 'website', NEW.id, 'U', NULL, json_array(OLD."id", OLD."name", OLD."headline", OLD."story", OLD."shop_url", OLD."email", OLD."phone", OLD."picture_name", OLD."picture_sha256", OLD."picture_words", OLD."exported_at"), json_array(NEW."id", NEW."name", NEW."headline", NEW."story", NEW."shop_url", NEW."email", NEW."phone", NEW."picture_name", NEW."picture_sha256", NEW."picture_words", NEW."exported_at"), NULL); END;
CREATE TRIGGER "journal_website_D" AFTER DELETE ON "website"  BEGIN INSERT INTO journal_change (command_id, table_name, row_id, op, client_id, before, after, left_client_id) VALUES ((SELECT command_id FROM journal_state WHERE id = 1), 'website', OLD.id, 'D', NULL, json_array(OLD."id", OLD."name", OLD."headline", OLD."story", OLD."shop_url", OLD."email", OLD."phone", OLD."picture_name", OLD."picture_sha256", OLD."picture_words", OLD."exported_at"), NULL, NULL); END;
CREATE TRIGGER "journal_website_link_I" AFTER INSERT ON "website_link"  BEGIN INSERT INTO journal_change (command_id, table_name, row_id, op, client_id, before, after, left_client_id) VALUES ((SELECT command_id FROM journal_state WHERE id = 1), 'website_link', NEW.id, 'I', NULL, NULL, json_array(NEW."id", NEW."position", NEW."label", NEW."url"), NULL); END;
CREATE TRIGGER "journal_website_link_U" AFTER UPDATE ON "website_link" WHEN OLD."id" IS NOT NEW."id" OR OLD."position" IS NOT NEW."position" OR OLD."label" IS NOT NEW."label" OR OLD."url" IS NOT NEW."url" BEGIN INSERT INTO journal_change (command_id, table_name, row_id, op, client_id, before, after, left_client_id) VALUES ((SELECT command_id FROM journal_state WHERE id = 1), 'website_link', NEW.id, 'U', NULL, json_array(OLD."id", OLD."position", OLD."label", OLD."url"), json_array(NEW."id", NEW."position", NEW."label", NEW."url"), NULL); END;
CREATE TRIGGER "journal_website_link_D" AFTER DELETE ON "website_link"  BEGIN INSERT INTO journal_change (command_id, table_name, row_id, op, client_id, before, after, left_client_id) VALUES ((SELECT command_id FROM journal_state WHERE id = 1), 'website_link', OLD.id, 'D', NULL, json_array(OLD."id", OLD."position", OLD."label", OLD."url"), NULL, NULL); END;
CREATE TRIGGER "journal_assignment_I" AFTER INSERT ON "assignment"  BEGIN INSERT INTO journal_change (command_id, table_name, row_id, op, client_id, before, after, left_client_id) VALUES ((SELECT command_id FROM journal_state WHERE id = 1), 'assignment', NEW.id, 'I', NEW.client_id, NULL, json_array(NEW."id", NEW."client_id", NEW."external_id", NEW."type", NEW."parent_id", NEW."revision_number", NEW."status", NEW."consultation_at", NEW."look_review_at", NEW."started_at", NEW."delivered_at", NEW."closed_at", NEW."hq_notes", NEW."rep_notes", NEW."consultation_ends_at", NEW."cancelled_at", NEW."type_reason", NEW."end_reason", NEW."effort_minutes"), NULL); END;
CREATE TRIGGER "journal_assignment_U" AFTER UPDATE ON "assignment" WHEN OLD."id" IS NOT NEW."id" OR OLD."client_id" IS NOT NEW."client_id" OR OLD."external_id" IS NOT NEW."external_id" OR OLD."type" IS NOT NEW."type" OR OLD."parent_id" IS NOT NEW."parent_id" OR OLD."revision_number" IS NOT NEW."revision_number" OR OLD."status" IS NOT NEW."status" OR OLD."consultation_at" IS NOT NEW."consultation_at" OR OLD."look_review_at" IS NOT NEW."look_review_at" OR OLD."started_at" IS NOT NEW."started_at" OR OLD."delivered_at" IS NOT NEW."delivered_at" OR OLD."closed_at" IS NOT NEW."closed_at" OR OLD."hq_notes" IS NOT NEW."hq_notes" OR OLD."rep_notes" IS NOT NEW."rep_notes" OR OLD."consultation_ends_at" IS NOT NEW."consultation_ends_at" OR OLD."cancelled_at" IS NOT NEW."cancelled_at" OR OLD."type_reason" IS NOT NEW."type_reason" OR OLD."end_reason" IS NOT NEW."end_reason" OR OLD."effort_minutes" IS NOT NEW."effort_minutes" BEGIN INSERT INTO journal_change (command_id, table_name, row_id, op, client_id, before, after, left_client_id) VALUES ((SELECT command_id FROM journal_state WHERE id = 1), 'assignment', NEW.id, 'U', NEW.client_id, json_array(OLD."id", OLD."client_id", OLD."external_id", OLD."type", OLD."parent_id", OLD."revision_number", OLD."status", OLD."consultation_at", OLD."look_review_at", OLD."started_at", OLD."delivered_at", OLD."closed_at", OLD."hq_notes", OLD."rep_notes", OLD."consultation_ends_at", OLD."cancelled_at", OLD."type_reason", OLD."end_reason", OLD."effort_minutes"), json_array(NEW."id", NEW."client_id", NEW."external_id", NEW."type", NEW."parent_id", NEW."revision_number", NEW."status", NEW."consultation_at", NEW."look_review_at", NEW."started_at", NEW."delivered_at", NEW."closed_at", NEW."hq_notes", NEW."rep_notes", NEW."consultation_ends_at", NEW."cancelled_at", NEW."type_reason", NEW."end_reason", NEW."effort_minutes"), CASE WHEN OLD.client_id IS NOT NEW.client_id THEN OLD.client_id END); END;
CREATE TRIGGER "journal_assignment_D" AFTER DELETE ON "assignment"  BEGIN INSERT INTO journal_change (command_id, table_name, row_id, op, client_id, before, after, left_client_id) VALUES ((SELECT command_id FROM journal_state WHERE id = 1), 'assignment', OLD.id, 'D', OLD.client_id, json_array(OLD."id", OLD."client_id", OLD."external_id", OLD."type", OLD."parent_id", OLD."revision_number", OLD."status", OLD."consultation_at", OLD."look_review_at", OLD."started_at", OLD."delivered_at", OLD."closed_at", OLD."hq_notes", OLD."rep_notes", OLD."consultation_ends_at", OLD."cancelled_at", OLD."type_reason", OLD."end_reason", OLD."effort_minutes"), NULL, NULL); END;
CREATE TRIGGER "journal_attachment_I" AFTER INSERT ON "attachment"  BEGIN INSERT INTO journal_change (command_id, table_name, row_id, op, client_id, before, after, left_client_id) VALUES ((SELECT command_id FROM journal_state WHERE id = 1), 'attachment', NEW.id, 'I', NEW.client_id, NULL, json_array(NEW."id", NEW."client_id", NEW."name", NEW."sha256", NEW."size", NEW."added_at", NEW."note"), NULL); END;
CREATE TRIGGER "journal_attachment_U" AFTER UPDATE ON "attachment" WHEN OLD."id" IS NOT NEW."id" OR OLD."client_id" IS NOT NEW."client_id" OR OLD."name" IS NOT NEW."name" OR OLD."sha256" IS NOT NEW."sha256" OR OLD."size" IS NOT NEW."size" OR OLD."added_at" IS NOT NEW."added_at" OR OLD."note" IS NOT NEW."note" BEGIN INSERT INTO journal_change (command_id, table_name, row_id, op, client_id, before, after, left_client_id) VALUES ((SELECT command_id FROM journal_state WHERE id = 1), 'attachment', NEW.id, 'U', NEW.client_id, json_array(OLD."id", OLD."client_id", OLD."name", OLD."sha256", OLD."size", OLD."added_at", OLD."note"), json_array(NEW."id", NEW."client_id", NEW."name", NEW."sha256", NEW."size", NEW."added_at", NEW."note"), CASE WHEN OLD.client_id IS NOT NEW.client_id THEN OLD.client_id END); END;
CREATE TRIGGER "journal_attachment_D" AFTER DELETE ON "attachment"  BEGIN INSERT INTO journal_change (command_id, table_name, row_id, op, client_id, before, after, left_client_id) VALUES ((SELECT command_id FROM journal_state WHERE id = 1), 'attachment', OLD.id, 'D', OLD.client_id, json_array(OLD."id", OLD."client_id", OLD."name", OLD."sha256", OLD."size", OLD."added_at", OLD."note"), NULL, NULL); END;
CREATE TRIGGER "journal_cadence_I" AFTER INSERT ON "cadence"  BEGIN INSERT INTO journal_change (command_id, table_name, row_id, op, client_id, before, after, left_client_id) VALUES ((SELECT command_id FROM journal_state WHERE id = 1), 'cadence', NEW.id, 'I', NEW.client_id, NULL, json_array(NEW."id", NEW."client_id", NEW."every", NEW."unit", NEW."anchor_on", NEW."paused_at"), NULL); END;
CREATE TRIGGER "journal_cadence_U" AFTER UPDATE ON "cadence" WHEN OLD."id" IS NOT NEW."id" OR OLD."client_id" IS NOT NEW."client_id" OR OLD."every" IS NOT NEW."every" OR OLD."unit" IS NOT NEW."unit" OR OLD."anchor_on" IS NOT NEW."anchor_on" OR OLD."paused_at" IS NOT NEW."paused_at" BEGIN INSERT INTO journal_change (command_id, table_name, row_id, op, client_id, before, after, left_client_id) VALUES ((SELECT command_id FROM journal_state WHERE id = 1), 'cadence', NEW.id, 'U', NEW.client_id, json_array(OLD."id", OLD."client_id", OLD."every", OLD."unit", OLD."anchor_on", OLD."paused_at"), json_array(NEW."id", NEW."client_id", NEW."every", NEW."unit", NEW."anchor_on", NEW."paused_at"), CASE WHEN OLD.client_id IS NOT NEW.client_id THEN OLD.client_id END); END;
CREATE TRIGGER "journal_cadence_D" AFTER DELETE ON "cadence"  BEGIN INSERT INTO journal_change (command_id, table_name, row_id, op, client_id, before, after, left_client_id) VALUES ((SELECT command_id FROM journal_state WHERE id = 1), 'cadence', OLD.id, 'D', OLD.client_id, json_array(OLD."id", OLD."client_id", OLD."every", OLD."unit", OLD."anchor_on", OLD."paused_at"), NULL, NULL); END;
CREATE TRIGGER "journal_calendar_conflict_I" AFTER INSERT ON "calendar_conflict"  BEGIN INSERT INTO journal_change (command_id, table_name, row_id, op, client_id, before, after, left_client_id) VALUES ((SELECT command_id FROM journal_state WHERE id = 1), 'calendar_conflict', NEW.id, 'I', NULL, NULL, json_array(NEW."id", NEW."account_id", NEW."uid", NEW."what", NEW."row_id", NEW."ours", NEW."theirs", NEW."found_at", NEW."settled_at", NEW."kept"), NULL); END;
CREATE TRIGGER "journal_calendar_conflict_U" AFTER UPDATE ON "calendar_conflict" WHEN OLD."id" IS NOT NEW."id" OR OLD."account_id" IS NOT NEW."account_id" OR OLD."uid" IS NOT NEW."uid" OR OLD."what" IS NOT NEW."what" OR OLD."row_id" IS NOT NEW."row_id" OR OLD."ours" IS NOT NEW."ours" OR OLD."theirs" IS NOT NEW."theirs" OR OLD."found_at" IS NOT NEW."found_at" OR OLD."settled_at" IS NOT NEW."settled_at" OR OLD."kept" IS NOT NEW."kept" BEGIN INSERT INTO journal_change (command_id, table_name, row_id, op, client_id, before, after, left_client_id) VALUES ((SELECT command_id FROM journal_state WHERE id = 1), 'calendar_conflict', NEW.id, 'U', NULL, json_array(OLD."id", OLD."account_id", OLD."uid", OLD."what", OLD."row_id", OLD."ours", OLD."theirs", OLD."found_at", OLD."settled_at", OLD."kept"), json_array(NEW."id", NEW."account_id", NEW."uid", NEW."what", NEW."row_id", NEW."ours", NEW."theirs", NEW."found_at", NEW."settled_at", NEW."kept"), NULL); END;
CREATE TRIGGER "journal_calendar_conflict_D" AFTER DELETE ON "calendar_conflict"  BEGIN INSERT INTO journal_change (command_id, table_name, row_id, op, client_id, before, after, left_client_id) VALUES ((SELECT command_id FROM journal_state WHERE id = 1), 'calendar_conflict', OLD.id, 'D', NULL, json_array(OLD."id", OLD."account_id", OLD."uid", OLD."what", OLD."row_id", OLD."ours", OLD."theirs", OLD."found_at", OLD."settled_at", OLD."kept"), NULL, NULL); END;
CREATE TRIGGER "journal_calendar_event_I" AFTER INSERT ON "calendar_event"  BEGIN INSERT INTO journal_change (command_id, table_name, row_id, op, client_id, before, after, left_client_id) VALUES ((SELECT command_id FROM journal_state WHERE id = 1), 'calendar_event', NEW.id, 'I', NEW.client_id, NULL, json_array(NEW."id", NEW."client_id", NEW."kind", NEW."title", NEW."note", NEW."place", NEW."starts_at", NEW."ends_at", NEW."all_day", NEW."starts_on", NEW."ends_on", NEW."busy", NEW."source", NEW."uid", NEW."recurrence", NEW."recurs", NEW."ics"), NULL); END;
CREATE TRIGGER "journal_calendar_event_U" AFTER UPDATE ON "calendar_event" WHEN OLD."id" IS NOT NEW."id" OR OLD."client_id" IS NOT NEW."client_id" OR OLD."kind" IS NOT NEW."kind" OR OLD."title" IS NOT NEW."title" OR OLD."note" IS NOT NEW."note" OR OLD."place" IS NOT NEW."place" OR OLD."starts_at" IS NOT NEW."starts_at" OR OLD."ends_at" IS NOT NEW."ends_at" OR OLD."all_day" IS NOT NEW."all_day" OR OLD."starts_on" IS NOT NEW."starts_on" OR OLD."ends_on" IS NOT NEW."ends_on" OR OLD."busy" IS NOT NEW."busy" OR OLD."source" IS NOT NEW."source" OR OLD."uid" IS NOT NEW."uid" OR OLD."recurrence" IS NOT NEW."recurrence" OR OLD."recurs" IS NOT NEW."recurs" OR OLD."ics" IS NOT NEW."ics" BEGIN INSERT INTO journal_change (command_id, table_name, row_id, op, client_id, before, after, left_client_id) VALUES ((SELECT command_id FROM journal_state WHERE id = 1), 'calendar_event', NEW.id, 'U', NEW.client_id, json_array(OLD."id", OLD."client_id", OLD."kind", OLD."title", OLD."note", OLD."place", OLD."starts_at", OLD."ends_at", OLD."all_day", OLD."starts_on", OLD."ends_on", OLD."busy", OLD."source", OLD."uid", OLD."recurrence", OLD."recurs", OLD."ics"), json_array(NEW."id", NEW."client_id", NEW."kind", NEW."title", NEW."note", NEW."place", NEW."starts_at", NEW."ends_at", NEW."all_day", NEW."starts_on", NEW."ends_on", NEW."busy", NEW."source", NEW."uid", NEW."recurrence", NEW."recurs", NEW."ics"), CASE WHEN OLD.client_id IS NOT NEW.client_id THEN OLD.client_id END); END;
CREATE TRIGGER "journal_calendar_event_D" AFTER DELETE ON "calendar_event"  BEGIN INSERT INTO journal_change (command_id, table_name, row_id, op, client_id, before, after, left_client_id) VALUES ((SELECT command_id FROM journal_state WHERE id = 1), 'calendar_event', OLD.id, 'D', OLD.client_id, json_array(OLD."id", OLD."client_id", OLD."kind", OLD."title", OLD."note", OLD."place", OLD."starts_at", OLD."ends_at", OLD."all_day", OLD."starts_on", OLD."ends_on", OLD."busy", OLD."source", OLD."uid", OLD."recurrence", OLD."recurs", OLD."ics"), NULL, NULL); END;
CREATE TRIGGER "journal_client_brand_I" AFTER INSERT ON "client_brand"  BEGIN INSERT INTO journal_change (command_id, table_name, row_id, op, client_id, before, after, left_client_id) VALUES ((SELECT command_id FROM journal_state WHERE id = 1), 'client_brand', NEW.id, 'I', NEW.client_id, NULL, json_array(NEW."id", NEW."client_id", NEW."brand_id", NEW."status", NEW."number"), NULL); END;
CREATE TRIGGER "journal_client_brand_U" AFTER UPDATE ON "client_brand" WHEN OLD."id" IS NOT NEW."id" OR OLD."client_id" IS NOT NEW."client_id" OR OLD."brand_id" IS NOT NEW."brand_id" OR OLD."status" IS NOT NEW."status" OR OLD."number" IS NOT NEW."number" BEGIN INSERT INTO journal_change (command_id, table_name, row_id, op, client_id, before, after, left_client_id) VALUES ((SELECT command_id FROM journal_state WHERE id = 1), 'client_brand', NEW.id, 'U', NEW.client_id, json_array(OLD."id", OLD."client_id", OLD."brand_id", OLD."status", OLD."number"), json_array(NEW."id", NEW."client_id", NEW."brand_id", NEW."status", NEW."number"), CASE WHEN OLD.client_id IS NOT NEW.client_id THEN OLD.client_id END); END;
CREATE TRIGGER "journal_client_brand_D" AFTER DELETE ON "client_brand"  BEGIN INSERT INTO journal_change (command_id, table_name, row_id, op, client_id, before, after, left_client_id) VALUES ((SELECT command_id FROM journal_state WHERE id = 1), 'client_brand', OLD.id, 'D', OLD.client_id, json_array(OLD."id", OLD."client_id", OLD."brand_id", OLD."status", OLD."number"), NULL, NULL); END;
CREATE TRIGGER "journal_client_external_id_I" AFTER INSERT ON "client_external_id"  BEGIN INSERT INTO journal_change (command_id, table_name, row_id, op, client_id, before, after, left_client_id) VALUES ((SELECT command_id FROM journal_state WHERE id = 1), 'client_external_id', NEW.id, 'I', NEW.client_id, NULL, json_array(NEW."id", NEW."client_id", NEW."source", NEW."external_id"), NULL); END;
CREATE TRIGGER "journal_client_external_id_U" AFTER UPDATE ON "client_external_id" WHEN OLD."id" IS NOT NEW."id" OR OLD."client_id" IS NOT NEW."client_id" OR OLD."source" IS NOT NEW."source" OR OLD."external_id" IS NOT NEW."external_id" BEGIN INSERT INTO journal_change (command_id, table_name, row_id, op, client_id, before, after, left_client_id) VALUES ((SELECT command_id FROM journal_state WHERE id = 1), 'client_external_id', NEW.id, 'U', NEW.client_id, json_array(OLD."id", OLD."client_id", OLD."source", OLD."external_id"), json_array(NEW."id", NEW."client_id", NEW."source", NEW."external_id"), CASE WHEN OLD.client_id IS NOT NEW.client_id THEN OLD.client_id END); END;
CREATE TRIGGER "journal_client_external_id_D" AFTER DELETE ON "client_external_id"  BEGIN INSERT INTO journal_change (command_id, table_name, row_id, op, client_id, before, after, left_client_id) VALUES ((SELECT command_id FROM journal_state WHERE id = 1), 'client_external_id', OLD.id, 'D', OLD.client_id, json_array(OLD."id", OLD."client_id", OLD."source", OLD."external_id"), NULL, NULL); END;
CREATE TRIGGER "journal_commission_payment_I" AFTER INSERT ON "commission_payment"  BEGIN INSERT INTO journal_change (command_id, table_name, row_id, op, client_id, before, after, left_client_id) VALUES ((SELECT command_id FROM journal_state WHERE id = 1), 'commission_payment', NEW.id, 'I', NULL, NULL, json_array(NEW."id", NEW."paid_on", NEW."amount_cents", NEW."currency", NEW."brand_id", NEW."note"), NULL); END;
CREATE TRIGGER "journal_commission_payment_U" AFTER UPDATE ON "commission_payment" WHEN OLD."id" IS NOT NEW."id" OR OLD."paid_on" IS NOT NEW."paid_on" OR OLD."amount_cents" IS NOT NEW."amount_cents" OR OLD."currency" IS NOT NEW."currency" OR OLD."brand_id" IS NOT NEW."brand_id" OR OLD."note" IS NOT NEW."note" BEGIN INSERT INTO journal_change (command_id, table_name, row_id, op, client_id, before, after, left_client_id) VALUES ((SELECT command_id FROM journal_state WHERE id = 1), 'commission_payment', NEW.id, 'U', NULL, json_array(OLD."id", OLD."paid_on", OLD."amount_cents", OLD."currency", OLD."brand_id", OLD."note"), json_array(NEW."id", NEW."paid_on", NEW."amount_cents", NEW."currency", NEW."brand_id", NEW."note"), NULL); END;
CREATE TRIGGER "journal_commission_payment_D" AFTER DELETE ON "commission_payment"  BEGIN INSERT INTO journal_change (command_id, table_name, row_id, op, client_id, before, after, left_client_id) VALUES ((SELECT command_id FROM journal_state WHERE id = 1), 'commission_payment', OLD.id, 'D', NULL, json_array(OLD."id", OLD."paid_on", OLD."amount_cents", OLD."currency", OLD."brand_id", OLD."note"), NULL, NULL); END;
CREATE TRIGGER "journal_contact_I" AFTER INSERT ON "contact"  BEGIN INSERT INTO journal_change (command_id, table_name, row_id, op, client_id, before, after, left_client_id) VALUES ((SELECT command_id FROM journal_state WHERE id = 1), 'contact', NEW.id, 'I', NEW.client_id, NULL, json_array(NEW."id", NEW."client_id", NEW."name", NEW."email", NEW."email_key", NEW."phone", NEW."is_primary", NEW."email_status", NEW."email_consent", NEW."text_consent", NEW."title", NEW."note"), NULL); END;
CREATE TRIGGER "journal_contact_U" AFTER UPDATE ON "contact" WHEN OLD."id" IS NOT NEW."id" OR OLD."client_id" IS NOT NEW."client_id" OR OLD."name" IS NOT NEW."name" OR OLD."email" IS NOT NEW."email" OR OLD."email_key" IS NOT NEW."email_key" OR OLD."phone" IS NOT NEW."phone" OR OLD."is_primary" IS NOT NEW."is_primary" OR OLD."email_status" IS NOT NEW."email_status" OR OLD."email_consent" IS NOT NEW."email_consent" OR OLD."text_consent" IS NOT NEW."text_consent" OR OLD."title" IS NOT NEW."title" OR OLD."note" IS NOT NEW."note" BEGIN INSERT INTO journal_change (command_id, table_name, row_id, op, client_id, before, after, left_client_id) VALUES ((SELECT command_id FROM journal_state WHERE id = 1), 'contact', NEW.id, 'U', NEW.client_id, json_array(OLD."id", OLD."client_id", OLD."name", OLD."email", OLD."email_key", OLD."phone", OLD."is_primary", OLD."email_status", OLD."email_consent", OLD."text_consent", OLD."title", OLD."note"), json_array(NEW."id", NEW."client_id", NEW."name", NEW."email", NEW."email_key", NEW."phone", NEW."is_primary", NEW."email_status", NEW."email_consent", NEW."text_consent", NEW."title", NEW."note"), CASE WHEN OLD.client_id IS NOT NEW.client_id THEN OLD.client_id END); END;
CREATE TRIGGER "journal_contact_D" AFTER DELETE ON "contact"  BEGIN INSERT INTO journal_change (command_id, table_name, row_id, op, client_id, before, after, left_client_id) VALUES ((SELECT command_id FROM journal_state WHERE id = 1), 'contact', OLD.id, 'D', OLD.client_id, json_array(OLD."id", OLD."client_id", OLD."name", OLD."email", OLD."email_key", OLD."phone", OLD."is_primary", OLD."email_status", OLD."email_consent", OLD."text_consent", OLD."title", OLD."note"), NULL, NULL); END;
CREATE TRIGGER "contact_has_primary_I" AFTER INSERT ON "contact"  BEGIN DELETE FROM primary_wanted WHERE kind = 'contact' AND client_id = NEW.client_id; INSERT INTO primary_wanted (kind, client_id, never) SELECT 'contact', NEW.client_id, 0 WHERE EXISTS (SELECT 1 FROM contact WHERE client_id = NEW.client_id) AND NOT EXISTS (SELECT 1 FROM contact WHERE client_id = NEW.client_id AND is_primary); END;
CREATE TRIGGER "contact_has_primary_U" AFTER UPDATE ON "contact" WHEN OLD.is_primary IS NOT NEW.is_primary OR OLD.client_id IS NOT NEW.client_id BEGIN DELETE FROM primary_wanted WHERE kind = 'contact' AND client_id = OLD.client_id; INSERT INTO primary_wanted (kind, client_id, never) SELECT 'contact', OLD.client_id, 0 WHERE EXISTS (SELECT 1 FROM contact WHERE client_id = OLD.client_id) AND NOT EXISTS (SELECT 1 FROM contact WHERE client_id = OLD.client_id AND is_primary); DELETE FROM primary_wanted WHERE kind = 'contact' AND client_id = NEW.client_id; INSERT INTO primary_wanted (kind, client_id, never) SELECT 'contact', NEW.client_id, 0 WHERE EXISTS (SELECT 1 FROM contact WHERE client_id = NEW.client_id) AND NOT EXISTS (SELECT 1 FROM contact WHERE client_id = NEW.client_id AND is_primary); END;
CREATE TRIGGER "contact_has_primary_D" AFTER DELETE ON "contact"  BEGIN DELETE FROM primary_wanted WHERE kind = 'contact' AND client_id = OLD.client_id; INSERT INTO primary_wanted (kind, client_id, never) SELECT 'contact', OLD.client_id, 0 WHERE EXISTS (SELECT 1 FROM contact WHERE client_id = OLD.client_id) AND NOT EXISTS (SELECT 1 FROM contact WHERE client_id = OLD.client_id AND is_primary); END;
CREATE TRIGGER "journal_dismissal_I" AFTER INSERT ON "dismissal"  BEGIN INSERT INTO journal_change (command_id, table_name, row_id, op, client_id, before, after, left_client_id) VALUES ((SELECT command_id FROM journal_state WHERE id = 1), 'dismissal', NEW.id, 'I', NEW.client_id, NULL, json_array(NEW."id", NEW."client_id", NEW."rule", NEW."subject", NEW."mark", NEW."reason", NEW."dismissed_at"), NULL); END;
CREATE TRIGGER "journal_dismissal_U" AFTER UPDATE ON "dismissal" WHEN OLD."id" IS NOT NEW."id" OR OLD."client_id" IS NOT NEW."client_id" OR OLD."rule" IS NOT NEW."rule" OR OLD."subject" IS NOT NEW."subject" OR OLD."mark" IS NOT NEW."mark" OR OLD."reason" IS NOT NEW."reason" OR OLD."dismissed_at" IS NOT NEW."dismissed_at" BEGIN INSERT INTO journal_change (command_id, table_name, row_id, op, client_id, before, after, left_client_id) VALUES ((SELECT command_id FROM journal_state WHERE id = 1), 'dismissal', NEW.id, 'U', NEW.client_id, json_array(OLD."id", OLD."client_id", OLD."rule", OLD."subject", OLD."mark", OLD."reason", OLD."dismissed_at"), json_array(NEW."id", NEW."client_id", NEW."rule", NEW."subject", NEW."mark", NEW."reason", NEW."dismissed_at"), CASE WHEN OLD.client_id IS NOT NEW.client_id THEN OLD.client_id END); END;
CREATE TRIGGER "journal_dismissal_D" AFTER DELETE ON "dismissal"  BEGIN INSERT INTO journal_change (command_id, table_name, row_id, op, client_id, before, after, left_client_id) VALUES ((SELECT command_id FROM journal_state WHERE id = 1), 'dismissal', OLD.id, 'D', OLD.client_id, json_array(OLD."id", OLD."client_id", OLD."rule", OLD."subject", OLD."mark", OLD."reason", OLD."dismissed_at"), NULL, NULL); END;
CREATE TRIGGER "journal_distinct_clients_I" AFTER INSERT ON "distinct_clients"  BEGIN INSERT INTO journal_change (command_id, table_name, row_id, op, client_id, before, after, left_client_id) VALUES ((SELECT command_id FROM journal_state WHERE id = 1), 'distinct_clients', NEW.id, 'I', NEW.client_id, NULL, json_array(NEW."id", NEW."client_id", NEW."other_id"), NULL); END;
CREATE TRIGGER "journal_distinct_clients_U" AFTER UPDATE ON "distinct_clients" WHEN OLD."id" IS NOT NEW."id" OR OLD."client_id" IS NOT NEW."client_id" OR OLD."other_id" IS NOT NEW."other_id" BEGIN INSERT INTO journal_change (command_id, table_name, row_id, op, client_id, before, after, left_client_id) VALUES ((SELECT command_id FROM journal_state WHERE id = 1), 'distinct_clients', NEW.id, 'U', NEW.client_id, json_array(OLD."id", OLD."client_id", OLD."other_id"), json_array(NEW."id", NEW."client_id", NEW."other_id"), CASE WHEN OLD.client_id IS NOT NEW.client_id THEN OLD.client_id END); END;
CREATE TRIGGER "journal_distinct_clients_D" AFTER DELETE ON "distinct_clients"  BEGIN INSERT INTO journal_change (command_id, table_name, row_id, op, client_id, before, after, left_client_id) VALUES ((SELECT command_id FROM journal_state WHERE id = 1), 'distinct_clients', OLD.id, 'D', OLD.client_id, json_array(OLD."id", OLD."client_id", OLD."other_id"), NULL, NULL); END;
CREATE TRIGGER "journal_follow_up_I" AFTER INSERT ON "follow_up"  BEGIN INSERT INTO journal_change (command_id, table_name, row_id, op, client_id, before, after, left_client_id) VALUES ((SELECT command_id FROM journal_state WHERE id = 1), 'follow_up', NEW.id, 'I', NEW.client_id, NULL, json_array(NEW."id", NEW."client_id", NEW."status", NEW."due_on", NEW."channel", NEW."reminder", NEW."completed_at", NEW."outcome", NEW."rule", NEW."seen_through", NEW."repeat_every", NEW."repeat_unit", NEW."repeat_anchor", NEW."promised_on"), NULL); END;
CREATE TRIGGER "journal_follow_up_U" AFTER UPDATE ON "follow_up" WHEN OLD."id" IS NOT NEW."id" OR OLD."client_id" IS NOT NEW."client_id" OR OLD."status" IS NOT NEW."status" OR OLD."due_on" IS NOT NEW."due_on" OR OLD."channel" IS NOT NEW."channel" OR OLD."reminder" IS NOT NEW."reminder" OR OLD."completed_at" IS NOT NEW."completed_at" OR OLD."outcome" IS NOT NEW."outcome" OR OLD."rule" IS NOT NEW."rule" OR OLD."seen_through" IS NOT NEW."seen_through" OR OLD."repeat_every" IS NOT NEW."repeat_every" OR OLD."repeat_unit" IS NOT NEW."repeat_unit" OR OLD."repeat_anchor" IS NOT NEW."repeat_anchor" OR OLD."promised_on" IS NOT NEW."promised_on" BEGIN INSERT INTO journal_change (command_id, table_name, row_id, op, client_id, before, after, left_client_id) VALUES ((SELECT command_id FROM journal_state WHERE id = 1), 'follow_up', NEW.id, 'U', NEW.client_id, json_array(OLD."id", OLD."client_id", OLD."status", OLD."due_on", OLD."channel", OLD."reminder", OLD."completed_at", OLD."outcome", OLD."rule", OLD."seen_through", OLD."repeat_every", OLD."repeat_unit", OLD."repeat_anchor", OLD."promised_on"), json_array(NEW."id", NEW."client_id", NEW."status", NEW."due_on", NEW."channel", NEW."reminder", NEW."completed_at", NEW."outcome", NEW."rule", NEW."seen_through", NEW."repeat_every", NEW."repeat_unit", NEW."repeat_anchor", NEW."promised_on"), CASE WHEN OLD.client_id IS NOT NEW.client_id THEN OLD.client_id END); END;
CREATE TRIGGER "journal_follow_up_D" AFTER DELETE ON "follow_up"  BEGIN INSERT INTO journal_change (command_id, table_name, row_id, op, client_id, before, after, left_client_id) VALUES ((SELECT command_id FROM journal_state WHERE id = 1), 'follow_up', OLD.id, 'D', OLD.client_id, json_array(OLD."id", OLD."client_id", OLD."status", OLD."due_on", OLD."channel", OLD."reminder", OLD."completed_at", OLD."outcome", OLD."rule", OLD."seen_through", OLD."repeat_every", OLD."repeat_unit", OLD."repeat_anchor", OLD."promised_on"), NULL, NULL); END;
CREATE TRIGGER "journal_host_event_I" AFTER INSERT ON "host_event"  BEGIN INSERT INTO journal_change (command_id, table_name, row_id, op, client_id, before, after, left_client_id) VALUES ((SELECT command_id FROM journal_state WHERE id = 1), 'host_event', NEW.id, 'I', NEW.client_id, NULL, json_array(NEW."id", NEW."client_id", NEW."name", NEW."code", NEW."opens_on", NEW."closes_on", NEW."held_at", NEW."place", NEW."link", NEW."note", NEW."steps_done", NEW."closed_at", NEW."cancelled_at", NEW."source", NEW."external_id"), NULL); END;
CREATE TRIGGER "journal_host_event_U" AFTER UPDATE ON "host_event" WHEN OLD."id" IS NOT NEW."id" OR OLD."client_id" IS NOT NEW."client_id" OR OLD."name" IS NOT NEW."name" OR OLD."code" IS NOT NEW."code" OR OLD."opens_on" IS NOT NEW."opens_on" OR OLD."closes_on" IS NOT NEW."closes_on" OR OLD."held_at" IS NOT NEW."held_at" OR OLD."place" IS NOT NEW."place" OR OLD."link" IS NOT NEW."link" OR OLD."note" IS NOT NEW."note" OR OLD."steps_done" IS NOT NEW."steps_done" OR OLD."closed_at" IS NOT NEW."closed_at" OR OLD."cancelled_at" IS NOT NEW."cancelled_at" OR OLD."source" IS NOT NEW."source" OR OLD."external_id" IS NOT NEW."external_id" BEGIN INSERT INTO journal_change (command_id, table_name, row_id, op, client_id, before, after, left_client_id) VALUES ((SELECT command_id FROM journal_state WHERE id = 1), 'host_event', NEW.id, 'U', NEW.client_id, json_array(OLD."id", OLD."client_id", OLD."name", OLD."code", OLD."opens_on", OLD."closes_on", OLD."held_at", OLD."place", OLD."link", OLD."note", OLD."steps_done", OLD."closed_at", OLD."cancelled_at", OLD."source", OLD."external_id"), json_array(NEW."id", NEW."client_id", NEW."name", NEW."code", NEW."opens_on", NEW."closes_on", NEW."held_at", NEW."place", NEW."link", NEW."note", NEW."steps_done", NEW."closed_at", NEW."cancelled_at", NEW."source", NEW."external_id"), CASE WHEN OLD.client_id IS NOT NEW.client_id THEN OLD.client_id END); END;
CREATE TRIGGER "journal_host_event_D" AFTER DELETE ON "host_event"  BEGIN INSERT INTO journal_change (command_id, table_name, row_id, op, client_id, before, after, left_client_id) VALUES ((SELECT command_id FROM journal_state WHERE id = 1), 'host_event', OLD.id, 'D', OLD.client_id, json_array(OLD."id", OLD."client_id", OLD."name", OLD."code", OLD."opens_on", OLD."closes_on", OLD."held_at", OLD."place", OLD."link", OLD."note", OLD."steps_done", OLD."closed_at", OLD."cancelled_at", OLD."source", OLD."external_id"), NULL, NULL); END;
CREATE TRIGGER "journal_location_I" AFTER INSERT ON "location"  BEGIN INSERT INTO journal_change (command_id, table_name, row_id, op, client_id, before, after, left_client_id) VALUES ((SELECT command_id FROM journal_state WHERE id = 1), 'location', NEW.id, 'I', NEW.client_id, NULL, json_array(NEW."id", NEW."client_id", NEW."name", NEW."line1", NEW."line2", NEW."city", NEW."region", NEW."postcode", NEW."country", NEW."is_primary", NEW."latitude", NEW."longitude", NEW."position_from"), NULL); END;
CREATE TRIGGER "journal_location_U" AFTER UPDATE ON "location" WHEN OLD."id" IS NOT NEW."id" OR OLD."client_id" IS NOT NEW."client_id" OR OLD."name" IS NOT NEW."name" OR OLD."line1" IS NOT NEW."line1" OR OLD."line2" IS NOT NEW."line2" OR OLD."city" IS NOT NEW."city" OR OLD."region" IS NOT NEW."region" OR OLD."postcode" IS NOT NEW."postcode" OR OLD."country" IS NOT NEW."country" OR OLD."is_primary" IS NOT NEW."is_primary" OR OLD."latitude" IS NOT NEW."latitude" OR OLD."longitude" IS NOT NEW."longitude" OR OLD."position_from" IS NOT NEW."position_from" BEGIN INSERT INTO journal_change (command_id, table_name, row_id, op, client_id, before, after, left_client_id) VALUES ((SELECT command_id FROM journal_state WHERE id = 1), 'location', NEW.id, 'U', NEW.client_id, json_array(OLD."id", OLD."client_id", OLD."name", OLD."line1", OLD."line2", OLD."city", OLD."region", OLD."postcode", OLD."country", OLD."is_primary", OLD."latitude", OLD."longitude", OLD."position_from"), json_array(NEW."id", NEW."client_id", NEW."name", NEW."line1", NEW."line2", NEW."city", NEW."region", NEW."postcode", NEW."country", NEW."is_primary", NEW."latitude", NEW."longitude", NEW."position_from"), CASE WHEN OLD.client_id IS NOT NEW.client_id THEN OLD.client_id END); END;
CREATE TRIGGER "journal_location_D" AFTER DELETE ON "location"  BEGIN INSERT INTO journal_change (command_id, table_name, row_id, op, client_id, before, after, left_client_id) VALUES ((SELECT command_id FROM journal_state WHERE id = 1), 'location', OLD.id, 'D', OLD.client_id, json_array(OLD."id", OLD."client_id", OLD."name", OLD."line1", OLD."line2", OLD."city", OLD."region", OLD."postcode", OLD."country", OLD."is_primary", OLD."latitude", OLD."longitude", OLD."position_from"), NULL, NULL); END;
CREATE TRIGGER "location_has_primary_I" AFTER INSERT ON "location"  BEGIN DELETE FROM primary_wanted WHERE kind = 'location' AND client_id = NEW.client_id; INSERT INTO primary_wanted (kind, client_id, never) SELECT 'location', NEW.client_id, 0 WHERE EXISTS (SELECT 1 FROM location WHERE client_id = NEW.client_id) AND NOT EXISTS (SELECT 1 FROM location WHERE client_id = NEW.client_id AND is_primary); END;
CREATE TRIGGER "location_has_primary_U" AFTER UPDATE ON "location" WHEN OLD.is_primary IS NOT NEW.is_primary OR OLD.client_id IS NOT NEW.client_id BEGIN DELETE FROM primary_wanted WHERE kind = 'location' AND client_id = OLD.client_id; INSERT INTO primary_wanted (kind, client_id, never) SELECT 'location', OLD.client_id, 0 WHERE EXISTS (SELECT 1 FROM location WHERE client_id = OLD.client_id) AND NOT EXISTS (SELECT 1 FROM location WHERE client_id = OLD.client_id AND is_primary); DELETE FROM primary_wanted WHERE kind = 'location' AND client_id = NEW.client_id; INSERT INTO primary_wanted (kind, client_id, never) SELECT 'location', NEW.client_id, 0 WHERE EXISTS (SELECT 1 FROM location WHERE client_id = NEW.client_id) AND NOT EXISTS (SELECT 1 FROM location WHERE client_id = NEW.client_id AND is_primary); END;
CREATE TRIGGER "location_has_primary_D" AFTER DELETE ON "location"  BEGIN DELETE FROM primary_wanted WHERE kind = 'location' AND client_id = OLD.client_id; INSERT INTO primary_wanted (kind, client_id, never) SELECT 'location', OLD.client_id, 0 WHERE EXISTS (SELECT 1 FROM location WHERE client_id = OLD.client_id) AND NOT EXISTS (SELECT 1 FROM location WHERE client_id = OLD.client_id AND is_primary); END;
CREATE TRIGGER "journal_message_I" AFTER INSERT ON "message"  BEGIN INSERT INTO journal_change (command_id, table_name, row_id, op, client_id, before, after, left_client_id) VALUES ((SELECT command_id FROM journal_state WHERE id = 1), 'message', NEW.id, 'I', NEW.client_id, NULL, json_array(NEW."id", NEW."client_id", NEW."channel", NEW."direction", NEW."sent_at", NEW."address", NEW."subject", NEW."body", NEW."outcome", NEW."consent"), NULL); END;
CREATE TRIGGER "journal_message_U" AFTER UPDATE ON "message" WHEN OLD."id" IS NOT NEW."id" OR OLD."client_id" IS NOT NEW."client_id" OR OLD."channel" IS NOT NEW."channel" OR OLD."direction" IS NOT NEW."direction" OR OLD."sent_at" IS NOT NEW."sent_at" OR OLD."address" IS NOT NEW."address" OR OLD."subject" IS NOT NEW."subject" OR OLD."body" IS NOT NEW."body" OR OLD."outcome" IS NOT NEW."outcome" OR OLD."consent" IS NOT NEW."consent" BEGIN INSERT INTO journal_change (command_id, table_name, row_id, op, client_id, before, after, left_client_id) VALUES ((SELECT command_id FROM journal_state WHERE id = 1), 'message', NEW.id, 'U', NEW.client_id, json_array(OLD."id", OLD."client_id", OLD."channel", OLD."direction", OLD."sent_at", OLD."address", OLD."subject", OLD."body", OLD."outcome", OLD."consent"), json_array(NEW."id", NEW."client_id", NEW."channel", NEW."direction", NEW."sent_at", NEW."address", NEW."subject", NEW."body", NEW."outcome", NEW."consent"), CASE WHEN OLD.client_id IS NOT NEW.client_id THEN OLD.client_id END); END;
CREATE TRIGGER "journal_message_D" AFTER DELETE ON "message"  BEGIN INSERT INTO journal_change (command_id, table_name, row_id, op, client_id, before, after, left_client_id) VALUES ((SELECT command_id FROM journal_state WHERE id = 1), 'message', OLD.id, 'D', OLD.client_id, json_array(OLD."id", OLD."client_id", OLD."channel", OLD."direction", OLD."sent_at", OLD."address", OLD."subject", OLD."body", OLD."outcome", OLD."consent"), NULL, NULL); END;
CREATE TRIGGER "journal_note_I" AFTER INSERT ON "note"  BEGIN INSERT INTO journal_change (command_id, table_name, row_id, op, client_id, before, after, left_client_id) VALUES ((SELECT command_id FROM journal_state WHERE id = 1), 'note', NEW.id, 'I', NEW.client_id, NULL, json_array(NEW."id", NEW."client_id", NEW."kind", NEW."written_at", NEW."body", NEW."season", NEW."season_year", NEW."call_status", NEW."author"), NULL); END;
CREATE TRIGGER "journal_note_U" AFTER UPDATE ON "note" WHEN OLD."id" IS NOT NEW."id" OR OLD."client_id" IS NOT NEW."client_id" OR OLD."kind" IS NOT NEW."kind" OR OLD."written_at" IS NOT NEW."written_at" OR OLD."body" IS NOT NEW."body" OR OLD."season" IS NOT NEW."season" OR OLD."season_year" IS NOT NEW."season_year" OR OLD."call_status" IS NOT NEW."call_status" OR OLD."author" IS NOT NEW."author" BEGIN INSERT INTO journal_change (command_id, table_name, row_id, op, client_id, before, after, left_client_id) VALUES ((SELECT command_id FROM journal_state WHERE id = 1), 'note', NEW.id, 'U', NEW.client_id, json_array(OLD."id", OLD."client_id", OLD."kind", OLD."written_at", OLD."body", OLD."season", OLD."season_year", OLD."call_status", OLD."author"), json_array(NEW."id", NEW."client_id", NEW."kind", NEW."written_at", NEW."body", NEW."season", NEW."season_year", NEW."call_status", NEW."author"), CASE WHEN OLD.client_id IS NOT NEW.client_id THEN OLD.client_id END); END;
CREATE TRIGGER "journal_note_D" AFTER DELETE ON "note"  BEGIN INSERT INTO journal_change (command_id, table_name, row_id, op, client_id, before, after, left_client_id) VALUES ((SELECT command_id FROM journal_state WHERE id = 1), 'note', OLD.id, 'D', OLD.client_id, json_array(OLD."id", OLD."client_id", OLD."kind", OLD."written_at", OLD."body", OLD."season", OLD."season_year", OLD."call_status", OLD."author"), NULL, NULL); END;
CREATE TRIGGER "journal_sign_up_I" AFTER INSERT ON "sign_up"  BEGIN INSERT INTO journal_change (command_id, table_name, row_id, op, client_id, before, after, left_client_id) VALUES ((SELECT command_id FROM journal_state WHERE id = 1), 'sign_up', NEW.id, 'I', NEW.client_id, NULL, json_array(NEW."id", NEW."client_id", NEW."name", NEW."email", NEW."phone", NEW."code", NEW."link", NEW."added_at", NEW."sent_at", NEW."opened_at", NEW."enrolled_at", NEW."given_up_at", NEW."remind_on", NEW."note"), NULL); END;
CREATE TRIGGER "journal_sign_up_U" AFTER UPDATE ON "sign_up" WHEN OLD."id" IS NOT NEW."id" OR OLD."client_id" IS NOT NEW."client_id" OR OLD."name" IS NOT NEW."name" OR OLD."email" IS NOT NEW."email" OR OLD."phone" IS NOT NEW."phone" OR OLD."code" IS NOT NEW."code" OR OLD."link" IS NOT NEW."link" OR OLD."added_at" IS NOT NEW."added_at" OR OLD."sent_at" IS NOT NEW."sent_at" OR OLD."opened_at" IS NOT NEW."opened_at" OR OLD."enrolled_at" IS NOT NEW."enrolled_at" OR OLD."given_up_at" IS NOT NEW."given_up_at" OR OLD."remind_on" IS NOT NEW."remind_on" OR OLD."note" IS NOT NEW."note" BEGIN INSERT INTO journal_change (command_id, table_name, row_id, op, client_id, before, after, left_client_id) VALUES ((SELECT command_id FROM journal_state WHERE id = 1), 'sign_up', NEW.id, 'U', NEW.client_id, json_array(OLD."id", OLD."client_id", OLD."name", OLD."email", OLD."phone", OLD."code", OLD."link", OLD."added_at", OLD."sent_at", OLD."opened_at", OLD."enrolled_at", OLD."given_up_at", OLD."remind_on", OLD."note"), json_array(NEW."id", NEW."client_id", NEW."name", NEW."email", NEW."phone", NEW."code", NEW."link", NEW."added_at", NEW."sent_at", NEW."opened_at", NEW."enrolled_at", NEW."given_up_at", NEW."remind_on", NEW."note"), CASE WHEN OLD.client_id IS NOT NEW.client_id THEN OLD.client_id END); END;
CREATE TRIGGER "journal_sign_up_D" AFTER DELETE ON "sign_up"  BEGIN INSERT INTO journal_change (command_id, table_name, row_id, op, client_id, before, after, left_client_id) VALUES ((SELECT command_id FROM journal_state WHERE id = 1), 'sign_up', OLD.id, 'D', OLD.client_id, json_array(OLD."id", OLD."client_id", OLD."name", OLD."email", OLD."phone", OLD."code", OLD."link", OLD."added_at", OLD."sent_at", OLD."opened_at", OLD."enrolled_at", OLD."given_up_at", OLD."remind_on", OLD."note"), NULL, NULL); END;
CREATE TRIGGER "journal_snooze_I" AFTER INSERT ON "snooze"  BEGIN INSERT INTO journal_change (command_id, table_name, row_id, op, client_id, before, after, left_client_id) VALUES ((SELECT command_id FROM journal_state WHERE id = 1), 'snooze', NEW.id, 'I', NEW.client_id, NULL, json_array(NEW."id", NEW."client_id", NEW."until", NEW."mark"), NULL); END;
CREATE TRIGGER "journal_snooze_U" AFTER UPDATE ON "snooze" WHEN OLD."id" IS NOT NEW."id" OR OLD."client_id" IS NOT NEW."client_id" OR OLD."until" IS NOT NEW."until" OR OLD."mark" IS NOT NEW."mark" BEGIN INSERT INTO journal_change (command_id, table_name, row_id, op, client_id, before, after, left_client_id) VALUES ((SELECT command_id FROM journal_state WHERE id = 1), 'snooze', NEW.id, 'U', NEW.client_id, json_array(OLD."id", OLD."client_id", OLD."until", OLD."mark"), json_array(NEW."id", NEW."client_id", NEW."until", NEW."mark"), CASE WHEN OLD.client_id IS NOT NEW.client_id THEN OLD.client_id END); END;
CREATE TRIGGER "journal_snooze_D" AFTER DELETE ON "snooze"  BEGIN INSERT INTO journal_change (command_id, table_name, row_id, op, client_id, before, after, left_client_id) VALUES ((SELECT command_id FROM journal_state WHERE id = 1), 'snooze', OLD.id, 'D', OLD.client_id, json_array(OLD."id", OLD."client_id", OLD."until", OLD."mark"), NULL, NULL); END;
CREATE TRIGGER "journal_style_quiz_I" AFTER INSERT ON "style_quiz"  BEGIN INSERT INTO journal_change (command_id, table_name, row_id, op, client_id, before, after, left_client_id) VALUES ((SELECT command_id FROM journal_state WHERE id = 1), 'style_quiz', NEW.id, 'I', NEW.client_id, NULL, json_array(NEW."id", NEW."client_id", NEW."taken_at", NEW."spending_power"), NULL); END;
CREATE TRIGGER "journal_style_quiz_U" AFTER UPDATE ON "style_quiz" WHEN OLD."id" IS NOT NEW."id" OR OLD."client_id" IS NOT NEW."client_id" OR OLD."taken_at" IS NOT NEW."taken_at" OR OLD."spending_power" IS NOT NEW."spending_power" BEGIN INSERT INTO journal_change (command_id, table_name, row_id, op, client_id, before, after, left_client_id) VALUES ((SELECT command_id FROM journal_state WHERE id = 1), 'style_quiz', NEW.id, 'U', NEW.client_id, json_array(OLD."id", OLD."client_id", OLD."taken_at", OLD."spending_power"), json_array(NEW."id", NEW."client_id", NEW."taken_at", NEW."spending_power"), CASE WHEN OLD.client_id IS NOT NEW.client_id THEN OLD.client_id END); END;
CREATE TRIGGER "journal_style_quiz_D" AFTER DELETE ON "style_quiz"  BEGIN INSERT INTO journal_change (command_id, table_name, row_id, op, client_id, before, after, left_client_id) VALUES ((SELECT command_id FROM journal_state WHERE id = 1), 'style_quiz', OLD.id, 'D', OLD.client_id, json_array(OLD."id", OLD."client_id", OLD."taken_at", OLD."spending_power"), NULL, NULL); END;
CREATE TRIGGER "journal_task_I" AFTER INSERT ON "task"  BEGIN INSERT INTO journal_change (command_id, table_name, row_id, op, client_id, before, after, left_client_id) VALUES ((SELECT command_id FROM journal_state WHERE id = 1), 'task', NEW.id, 'I', NEW.client_id, NULL, json_array(NEW."id", NEW."client_id", NEW."description", NEW."category", NEW."assignee", NEW."due_on", NEW."done_at"), NULL); END;
CREATE TRIGGER "journal_task_U" AFTER UPDATE ON "task" WHEN OLD."id" IS NOT NEW."id" OR OLD."client_id" IS NOT NEW."client_id" OR OLD."description" IS NOT NEW."description" OR OLD."category" IS NOT NEW."category" OR OLD."assignee" IS NOT NEW."assignee" OR OLD."due_on" IS NOT NEW."due_on" OR OLD."done_at" IS NOT NEW."done_at" BEGIN INSERT INTO journal_change (command_id, table_name, row_id, op, client_id, before, after, left_client_id) VALUES ((SELECT command_id FROM journal_state WHERE id = 1), 'task', NEW.id, 'U', NEW.client_id, json_array(OLD."id", OLD."client_id", OLD."description", OLD."category", OLD."assignee", OLD."due_on", OLD."done_at"), json_array(NEW."id", NEW."client_id", NEW."description", NEW."category", NEW."assignee", NEW."due_on", NEW."done_at"), CASE WHEN OLD.client_id IS NOT NEW.client_id THEN OLD.client_id END); END;
CREATE TRIGGER "journal_task_D" AFTER DELETE ON "task"  BEGIN INSERT INTO journal_change (command_id, table_name, row_id, op, client_id, before, after, left_client_id) VALUES ((SELECT command_id FROM journal_state WHERE id = 1), 'task', OLD.id, 'D', OLD.client_id, json_array(OLD."id", OLD."client_id", OLD."description", OLD."category", OLD."assignee", OLD."due_on", OLD."done_at"), NULL, NULL); END;
CREATE TRIGGER "journal_appointment_I" AFTER INSERT ON "appointment"  BEGIN INSERT INTO journal_change (command_id, table_name, row_id, op, client_id, before, after, left_client_id) VALUES ((SELECT command_id FROM journal_state WHERE id = 1), 'appointment', NEW.id, 'I', NEW.client_id, NULL, json_array(NEW."id", NEW."client_id", NEW."assignment_id", NEW."kind", NEW."starts_at", NEW."ends_at", NEW."confirmed_at", NEW."cancelled_at", NEW."season", NEW."season_year", NEW."location_id", NEW."brand_id", NEW."note"), NULL); END;
CREATE TRIGGER "journal_appointment_U" AFTER UPDATE ON "appointment" WHEN OLD."id" IS NOT NEW."id" OR OLD."client_id" IS NOT NEW."client_id" OR OLD."assignment_id" IS NOT NEW."assignment_id" OR OLD."kind" IS NOT NEW."kind" OR OLD."starts_at" IS NOT NEW."starts_at" OR OLD."ends_at" IS NOT NEW."ends_at" OR OLD."confirmed_at" IS NOT NEW."confirmed_at" OR OLD."cancelled_at" IS NOT NEW."cancelled_at" OR OLD."season" IS NOT NEW."season" OR OLD."season_year" IS NOT NEW."season_year" OR OLD."location_id" IS NOT NEW."location_id" OR OLD."brand_id" IS NOT NEW."brand_id" OR OLD."note" IS NOT NEW."note" BEGIN INSERT INTO journal_change (command_id, table_name, row_id, op, client_id, before, after, left_client_id) VALUES ((SELECT command_id FROM journal_state WHERE id = 1), 'appointment', NEW.id, 'U', NEW.client_id, json_array(OLD."id", OLD."client_id", OLD."assignment_id", OLD."kind", OLD."starts_at", OLD."ends_at", OLD."confirmed_at", OLD."cancelled_at", OLD."season", OLD."season_year", OLD."location_id", OLD."brand_id", OLD."note"), json_array(NEW."id", NEW."client_id", NEW."assignment_id", NEW."kind", NEW."starts_at", NEW."ends_at", NEW."confirmed_at", NEW."cancelled_at", NEW."season", NEW."season_year", NEW."location_id", NEW."brand_id", NEW."note"), CASE WHEN OLD.client_id IS NOT NEW.client_id THEN OLD.client_id END); END;
CREATE TRIGGER "journal_appointment_D" AFTER DELETE ON "appointment"  BEGIN INSERT INTO journal_change (command_id, table_name, row_id, op, client_id, before, after, left_client_id) VALUES ((SELECT command_id FROM journal_state WHERE id = 1), 'appointment', OLD.id, 'D', OLD.client_id, json_array(OLD."id", OLD."client_id", OLD."assignment_id", OLD."kind", OLD."starts_at", OLD."ends_at", OLD."confirmed_at", OLD."cancelled_at", OLD."season", OLD."season_year", OLD."location_id", OLD."brand_id", OLD."note"), NULL, NULL); END;
CREATE TRIGGER "journal_csat_response_I" AFTER INSERT ON "csat_response"  BEGIN INSERT INTO journal_change (command_id, table_name, row_id, op, client_id, before, after, left_client_id) VALUES ((SELECT command_id FROM journal_state WHERE id = 1), 'csat_response', NEW.id, 'I', NEW.client_id, NULL, json_array(NEW."id", NEW."client_id", NEW."assignment_id", NEW."external_id", NEW."responded_at", NEW."score", NEW."comment", NEW."answered_at", NEW."nps", NEW."read_at", NEW."themes", NEW."action_task_id"), NULL); END;
CREATE TRIGGER "journal_csat_response_U" AFTER UPDATE ON "csat_response" WHEN OLD."id" IS NOT NEW."id" OR OLD."client_id" IS NOT NEW."client_id" OR OLD."assignment_id" IS NOT NEW."assignment_id" OR OLD."external_id" IS NOT NEW."external_id" OR OLD."responded_at" IS NOT NEW."responded_at" OR OLD."score" IS NOT NEW."score" OR OLD."comment" IS NOT NEW."comment" OR OLD."answered_at" IS NOT NEW."answered_at" OR OLD."nps" IS NOT NEW."nps" OR OLD."read_at" IS NOT NEW."read_at" OR OLD."themes" IS NOT NEW."themes" OR OLD."action_task_id" IS NOT NEW."action_task_id" BEGIN INSERT INTO journal_change (command_id, table_name, row_id, op, client_id, before, after, left_client_id) VALUES ((SELECT command_id FROM journal_state WHERE id = 1), 'csat_response', NEW.id, 'U', NEW.client_id, json_array(OLD."id", OLD."client_id", OLD."assignment_id", OLD."external_id", OLD."responded_at", OLD."score", OLD."comment", OLD."answered_at", OLD."nps", OLD."read_at", OLD."themes", OLD."action_task_id"), json_array(NEW."id", NEW."client_id", NEW."assignment_id", NEW."external_id", NEW."responded_at", NEW."score", NEW."comment", NEW."answered_at", NEW."nps", NEW."read_at", NEW."themes", NEW."action_task_id"), CASE WHEN OLD.client_id IS NOT NEW.client_id THEN OLD.client_id END); END;
CREATE TRIGGER "journal_csat_response_D" AFTER DELETE ON "csat_response"  BEGIN INSERT INTO journal_change (command_id, table_name, row_id, op, client_id, before, after, left_client_id) VALUES ((SELECT command_id FROM journal_state WHERE id = 1), 'csat_response', OLD.id, 'D', OLD.client_id, json_array(OLD."id", OLD."client_id", OLD."assignment_id", OLD."external_id", OLD."responded_at", OLD."score", OLD."comment", OLD."answered_at", OLD."nps", OLD."read_at", OLD."themes", OLD."action_task_id"), NULL, NULL); END;
CREATE TRIGGER "journal_lookbook_I" AFTER INSERT ON "lookbook"  BEGIN INSERT INTO journal_change (command_id, table_name, row_id, op, client_id, before, after, left_client_id) VALUES ((SELECT command_id FROM journal_state WHERE id = 1), 'lookbook', NEW.id, 'I', NEW.client_id, NULL, json_array(NEW."id", NEW."client_id", NEW."assignment_id", NEW."title", NEW."delivered_at", NEW."words"), NULL); END;
CREATE TRIGGER "journal_lookbook_U" AFTER UPDATE ON "lookbook" WHEN OLD."id" IS NOT NEW."id" OR OLD."client_id" IS NOT NEW."client_id" OR OLD."assignment_id" IS NOT NEW."assignment_id" OR OLD."title" IS NOT NEW."title" OR OLD."delivered_at" IS NOT NEW."delivered_at" OR OLD."words" IS NOT NEW."words" BEGIN INSERT INTO journal_change (command_id, table_name, row_id, op, client_id, before, after, left_client_id) VALUES ((SELECT command_id FROM journal_state WHERE id = 1), 'lookbook', NEW.id, 'U', NEW.client_id, json_array(OLD."id", OLD."client_id", OLD."assignment_id", OLD."title", OLD."delivered_at", OLD."words"), json_array(NEW."id", NEW."client_id", NEW."assignment_id", NEW."title", NEW."delivered_at", NEW."words"), CASE WHEN OLD.client_id IS NOT NEW.client_id THEN OLD.client_id END); END;
CREATE TRIGGER "journal_lookbook_D" AFTER DELETE ON "lookbook"  BEGIN INSERT INTO journal_change (command_id, table_name, row_id, op, client_id, before, after, left_client_id) VALUES ((SELECT command_id FROM journal_state WHERE id = 1), 'lookbook', OLD.id, 'D', OLD.client_id, json_array(OLD."id", OLD."client_id", OLD."assignment_id", OLD."title", OLD."delivered_at", OLD."words"), NULL, NULL); END;
CREATE TRIGGER "journal_order_I" AFTER INSERT ON "order"  BEGIN INSERT INTO journal_change (command_id, table_name, row_id, op, client_id, before, after, left_client_id) VALUES ((SELECT command_id FROM journal_state WHERE id = 1), 'order', NEW.id, 'I', NEW.client_id, NULL, json_array(NEW."id", NEW."client_id", NEW."source", NEW."number", NEW."external_id", NEW."status", NEW."placed_at", NEW."shipped_at", NEW."received_at", NEW."cancelled_at", NEW."currency", NEW."subtotal_cents", NEW."shipping_cents", NEW."tax_cents", NEW."discount_cents", NEW."total_cents", NEW."refunded_cents", NEW."tags", NEW."note", NEW."kind", NEW."brand_id", NEW."season", NEW."season_year", NEW."ship_on", NEW."cancel_on", NEW."location_id", NEW."rep", NEW."units", NEW."cancelled_cents", NEW."shipped_cents", NEW."rate", NEW."rate_from", NEW."commission_cents", NEW."rated_at", NEW."origin", NEW."event_id", NEW."is_host_order"), NULL); END;
CREATE TRIGGER "journal_order_U" AFTER UPDATE ON "order" WHEN OLD."id" IS NOT NEW."id" OR OLD."client_id" IS NOT NEW."client_id" OR OLD."source" IS NOT NEW."source" OR OLD."number" IS NOT NEW."number" OR OLD."external_id" IS NOT NEW."external_id" OR OLD."status" IS NOT NEW."status" OR OLD."placed_at" IS NOT NEW."placed_at" OR OLD."shipped_at" IS NOT NEW."shipped_at" OR OLD."received_at" IS NOT NEW."received_at" OR OLD."cancelled_at" IS NOT NEW."cancelled_at" OR OLD."currency" IS NOT NEW."currency" OR OLD."subtotal_cents" IS NOT NEW."subtotal_cents" OR OLD."shipping_cents" IS NOT NEW."shipping_cents" OR OLD."tax_cents" IS NOT NEW."tax_cents" OR OLD."discount_cents" IS NOT NEW."discount_cents" OR OLD."total_cents" IS NOT NEW."total_cents" OR OLD."refunded_cents" IS NOT NEW."refunded_cents" OR OLD."tags" IS NOT NEW."tags" OR OLD."note" IS NOT NEW."note" OR OLD."kind" IS NOT NEW."kind" OR OLD."brand_id" IS NOT NEW."brand_id" OR OLD."season" IS NOT NEW."season" OR OLD."season_year" IS NOT NEW."season_year" OR OLD."ship_on" IS NOT NEW."ship_on" OR OLD."cancel_on" IS NOT NEW."cancel_on" OR OLD."location_id" IS NOT NEW."location_id" OR OLD."rep" IS NOT NEW."rep" OR OLD."units" IS NOT NEW."units" OR OLD."cancelled_cents" IS NOT NEW."cancelled_cents" OR OLD."shipped_cents" IS NOT NEW."shipped_cents" OR OLD."rate" IS NOT NEW."rate" OR OLD."rate_from" IS NOT NEW."rate_from" OR OLD."commission_cents" IS NOT NEW."commission_cents" OR OLD."rated_at" IS NOT NEW."rated_at" OR OLD."origin" IS NOT NEW."origin" OR OLD."event_id" IS NOT NEW."event_id" OR OLD."is_host_order" IS NOT NEW."is_host_order" BEGIN INSERT INTO journal_change (command_id, table_name, row_id, op, client_id, before, after, left_client_id) VALUES ((SELECT command_id FROM journal_state WHERE id = 1), 'order', NEW.id, 'U', NEW.client_id, json_array(OLD."id", OLD."client_id", OLD."source", OLD."number", OLD."external_id", OLD."status", OLD."placed_at", OLD."shipped_at", OLD."received_at", OLD."cancelled_at", OLD."currency", OLD."subtotal_cents", OLD."shipping_cents", OLD."tax_cents", OLD."discount_cents", OLD."total_cents", OLD."refunded_cents", OLD."tags", OLD."note", OLD."kind", OLD."brand_id", OLD."season", OLD."season_year", OLD."ship_on", OLD."cancel_on", OLD."location_id", OLD."rep", OLD."units", OLD."cancelled_cents", OLD."shipped_cents", OLD."rate", OLD."rate_from", OLD."commission_cents", OLD."rated_at", OLD."origin", OLD."event_id", OLD."is_host_order"), json_array(NEW."id", NEW."client_id", NEW."source", NEW."number", NEW."external_id", NEW."status", NEW."placed_at", NEW."shipped_at", NEW."received_at", NEW."cancelled_at", NEW."currency", NEW."subtotal_cents", NEW."shipping_cents", NEW."tax_cents", NEW."discount_cents", NEW."total_cents", NEW."refunded_cents", NEW."tags", NEW."note", NEW."kind", NEW."brand_id", NEW."season", NEW."season_year", NEW."ship_on", NEW."cancel_on", NEW."location_id", NEW."rep", NEW."units", NEW."cancelled_cents", NEW."shipped_cents", NEW."rate", NEW."rate_from", NEW."commission_cents", NEW."rated_at", NEW."origin", NEW."event_id", NEW."is_host_order"), CASE WHEN OLD.client_id IS NOT NEW.client_id THEN OLD.client_id END); END;
CREATE TRIGGER "journal_order_D" AFTER DELETE ON "order"  BEGIN INSERT INTO journal_change (command_id, table_name, row_id, op, client_id, before, after, left_client_id) VALUES ((SELECT command_id FROM journal_state WHERE id = 1), 'order', OLD.id, 'D', OLD.client_id, json_array(OLD."id", OLD."client_id", OLD."source", OLD."number", OLD."external_id", OLD."status", OLD."placed_at", OLD."shipped_at", OLD."received_at", OLD."cancelled_at", OLD."currency", OLD."subtotal_cents", OLD."shipping_cents", OLD."tax_cents", OLD."discount_cents", OLD."total_cents", OLD."refunded_cents", OLD."tags", OLD."note", OLD."kind", OLD."brand_id", OLD."season", OLD."season_year", OLD."ship_on", OLD."cancel_on", OLD."location_id", OLD."rep", OLD."units", OLD."cancelled_cents", OLD."shipped_cents", OLD."rate", OLD."rate_from", OLD."commission_cents", OLD."rated_at", OLD."origin", OLD."event_id", OLD."is_host_order"), NULL, NULL); END;
CREATE TRIGGER "journal_style_quiz_answer_I" AFTER INSERT ON "style_quiz_answer"  BEGIN INSERT INTO journal_change (command_id, table_name, row_id, op, client_id, before, after, left_client_id) VALUES ((SELECT command_id FROM journal_state WHERE id = 1), 'style_quiz_answer', NEW.id, 'I', (SELECT client_id FROM "style_quiz" WHERE id = NEW."quiz_id"), NULL, json_array(NEW."id", NEW."quiz_id", NEW."position", NEW."question", NEW."answer"), NULL); END;
CREATE TRIGGER "journal_style_quiz_answer_U" AFTER UPDATE ON "style_quiz_answer" WHEN OLD."id" IS NOT NEW."id" OR OLD."quiz_id" IS NOT NEW."quiz_id" OR OLD."position" IS NOT NEW."position" OR OLD."question" IS NOT NEW."question" OR OLD."answer" IS NOT NEW."answer" BEGIN INSERT INTO journal_change (command_id, table_name, row_id, op, client_id, before, after, left_client_id) VALUES ((SELECT command_id FROM journal_state WHERE id = 1), 'style_quiz_answer', NEW.id, 'U', (SELECT client_id FROM "style_quiz" WHERE id = NEW."quiz_id"), json_array(OLD."id", OLD."quiz_id", OLD."position", OLD."question", OLD."answer"), json_array(NEW."id", NEW."quiz_id", NEW."position", NEW."question", NEW."answer"), NULL); END;
CREATE TRIGGER "journal_style_quiz_answer_D" AFTER DELETE ON "style_quiz_answer"  BEGIN INSERT INTO journal_change (command_id, table_name, row_id, op, client_id, before, after, left_client_id) VALUES ((SELECT command_id FROM journal_state WHERE id = 1), 'style_quiz_answer', OLD.id, 'D', (SELECT client_id FROM "style_quiz" WHERE id = OLD."quiz_id"), json_array(OLD."id", OLD."quiz_id", OLD."position", OLD."question", OLD."answer"), NULL, NULL); END;
CREATE TRIGGER "journal_credit_memo_I" AFTER INSERT ON "credit_memo"  BEGIN INSERT INTO journal_change (command_id, table_name, row_id, op, client_id, before, after, left_client_id) VALUES ((SELECT command_id FROM journal_state WHERE id = 1), 'credit_memo', NEW.id, 'I', NEW.client_id, NULL, json_array(NEW."id", NEW."client_id", NEW."order_id", NEW."number", NEW."issued_on", NEW."amount_cents", NEW."reopens", NEW."commission_cents", NEW."note"), NULL); END;
CREATE TRIGGER "journal_credit_memo_U" AFTER UPDATE ON "credit_memo" WHEN OLD."id" IS NOT NEW."id" OR OLD."client_id" IS NOT NEW."client_id" OR OLD."order_id" IS NOT NEW."order_id" OR OLD."number" IS NOT NEW."number" OR OLD."issued_on" IS NOT NEW."issued_on" OR OLD."amount_cents" IS NOT NEW."amount_cents" OR OLD."reopens" IS NOT NEW."reopens" OR OLD."commission_cents" IS NOT NEW."commission_cents" OR OLD."note" IS NOT NEW."note" BEGIN INSERT INTO journal_change (command_id, table_name, row_id, op, client_id, before, after, left_client_id) VALUES ((SELECT command_id FROM journal_state WHERE id = 1), 'credit_memo', NEW.id, 'U', NEW.client_id, json_array(OLD."id", OLD."client_id", OLD."order_id", OLD."number", OLD."issued_on", OLD."amount_cents", OLD."reopens", OLD."commission_cents", OLD."note"), json_array(NEW."id", NEW."client_id", NEW."order_id", NEW."number", NEW."issued_on", NEW."amount_cents", NEW."reopens", NEW."commission_cents", NEW."note"), CASE WHEN OLD.client_id IS NOT NEW.client_id THEN OLD.client_id END); END;
CREATE TRIGGER "journal_credit_memo_D" AFTER DELETE ON "credit_memo"  BEGIN INSERT INTO journal_change (command_id, table_name, row_id, op, client_id, before, after, left_client_id) VALUES ((SELECT command_id FROM journal_state WHERE id = 1), 'credit_memo', OLD.id, 'D', OLD.client_id, json_array(OLD."id", OLD."client_id", OLD."order_id", OLD."number", OLD."issued_on", OLD."amount_cents", OLD."reopens", OLD."commission_cents", OLD."note"), NULL, NULL); END;
CREATE TRIGGER "journal_gift_certificate_I" AFTER INSERT ON "gift_certificate"  BEGIN INSERT INTO journal_change (command_id, table_name, row_id, op, client_id, before, after, left_client_id) VALUES ((SELECT command_id FROM journal_state WHERE id = 1), 'gift_certificate', NEW.id, 'I', NEW.client_id, NULL, json_array(NEW."id", NEW."client_id", NEW."for_client_id", NEW."for_name", NEW."number", NEW."currency", NEW."sold_on", NEW."sent_at", NEW."order_id", NEW."note"), NULL); END;
CREATE TRIGGER "journal_gift_certificate_U" AFTER UPDATE ON "gift_certificate" WHEN OLD."id" IS NOT NEW."id" OR OLD."client_id" IS NOT NEW."client_id" OR OLD."for_client_id" IS NOT NEW."for_client_id" OR OLD."for_name" IS NOT NEW."for_name" OR OLD."number" IS NOT NEW."number" OR OLD."currency" IS NOT NEW."currency" OR OLD."sold_on" IS NOT NEW."sold_on" OR OLD."sent_at" IS NOT NEW."sent_at" OR OLD."order_id" IS NOT NEW."order_id" OR OLD."note" IS NOT NEW."note" BEGIN INSERT INTO journal_change (command_id, table_name, row_id, op, client_id, before, after, left_client_id) VALUES ((SELECT command_id FROM journal_state WHERE id = 1), 'gift_certificate', NEW.id, 'U', NEW.client_id, json_array(OLD."id", OLD."client_id", OLD."for_client_id", OLD."for_name", OLD."number", OLD."currency", OLD."sold_on", OLD."sent_at", OLD."order_id", OLD."note"), json_array(NEW."id", NEW."client_id", NEW."for_client_id", NEW."for_name", NEW."number", NEW."currency", NEW."sold_on", NEW."sent_at", NEW."order_id", NEW."note"), CASE WHEN OLD.client_id IS NOT NEW.client_id THEN OLD.client_id END); END;
CREATE TRIGGER "journal_gift_certificate_D" AFTER DELETE ON "gift_certificate"  BEGIN INSERT INTO journal_change (command_id, table_name, row_id, op, client_id, before, after, left_client_id) VALUES ((SELECT command_id FROM journal_state WHERE id = 1), 'gift_certificate', OLD.id, 'D', OLD.client_id, json_array(OLD."id", OLD."client_id", OLD."for_client_id", OLD."for_name", OLD."number", OLD."currency", OLD."sold_on", OLD."sent_at", OLD."order_id", OLD."note"), NULL, NULL); END;
CREATE TRIGGER "journal_host_order_I" AFTER INSERT ON "host_order"  BEGIN INSERT INTO journal_change (command_id, table_name, row_id, op, client_id, before, after, left_client_id) VALUES ((SELECT command_id FROM journal_state WHERE id = 1), 'host_order', NEW.id, 'I', NEW.client_id, NULL, json_array(NEW."id", NEW."event_id", NEW."client_id", NEW."number", NEW."status", NEW."entered_at", NEW."placed_at", NEW."cancelled_at", NEW."reward_cents", NEW."half_price_items", NEW."order_id", NEW."note"), NULL); END;
CREATE TRIGGER "journal_host_order_U" AFTER UPDATE ON "host_order" WHEN OLD."id" IS NOT NEW."id" OR OLD."event_id" IS NOT NEW."event_id" OR OLD."client_id" IS NOT NEW."client_id" OR OLD."number" IS NOT NEW."number" OR OLD."status" IS NOT NEW."status" OR OLD."entered_at" IS NOT NEW."entered_at" OR OLD."placed_at" IS NOT NEW."placed_at" OR OLD."cancelled_at" IS NOT NEW."cancelled_at" OR OLD."reward_cents" IS NOT NEW."reward_cents" OR OLD."half_price_items" IS NOT NEW."half_price_items" OR OLD."order_id" IS NOT NEW."order_id" OR OLD."note" IS NOT NEW."note" BEGIN INSERT INTO journal_change (command_id, table_name, row_id, op, client_id, before, after, left_client_id) VALUES ((SELECT command_id FROM journal_state WHERE id = 1), 'host_order', NEW.id, 'U', NEW.client_id, json_array(OLD."id", OLD."event_id", OLD."client_id", OLD."number", OLD."status", OLD."entered_at", OLD."placed_at", OLD."cancelled_at", OLD."reward_cents", OLD."half_price_items", OLD."order_id", OLD."note"), json_array(NEW."id", NEW."event_id", NEW."client_id", NEW."number", NEW."status", NEW."entered_at", NEW."placed_at", NEW."cancelled_at", NEW."reward_cents", NEW."half_price_items", NEW."order_id", NEW."note"), CASE WHEN OLD.client_id IS NOT NEW.client_id THEN OLD.client_id END); END;
CREATE TRIGGER "journal_host_order_D" AFTER DELETE ON "host_order"  BEGIN INSERT INTO journal_change (command_id, table_name, row_id, op, client_id, before, after, left_client_id) VALUES ((SELECT command_id FROM journal_state WHERE id = 1), 'host_order', OLD.id, 'D', OLD.client_id, json_array(OLD."id", OLD."event_id", OLD."client_id", OLD."number", OLD."status", OLD."entered_at", OLD."placed_at", OLD."cancelled_at", OLD."reward_cents", OLD."half_price_items", OLD."order_id", OLD."note"), NULL, NULL); END;
CREATE TRIGGER "journal_lookbook_item_I" AFTER INSERT ON "lookbook_item"  BEGIN INSERT INTO journal_change (command_id, table_name, row_id, op, client_id, before, after, left_client_id) VALUES ((SELECT command_id FROM journal_state WHERE id = 1), 'lookbook_item', NEW.id, 'I', (SELECT client_id FROM "lookbook" WHERE id = NEW."lookbook_id"), NULL, json_array(NEW."id", NEW."lookbook_id", NEW."look", NEW."name", NEW."brand", NEW."price_cents", NEW."currency", NEW."url", NEW."position", NEW."picture"), NULL); END;
CREATE TRIGGER "journal_lookbook_item_U" AFTER UPDATE ON "lookbook_item" WHEN OLD."id" IS NOT NEW."id" OR OLD."lookbook_id" IS NOT NEW."lookbook_id" OR OLD."look" IS NOT NEW."look" OR OLD."name" IS NOT NEW."name" OR OLD."brand" IS NOT NEW."brand" OR OLD."price_cents" IS NOT NEW."price_cents" OR OLD."currency" IS NOT NEW."currency" OR OLD."url" IS NOT NEW."url" OR OLD."position" IS NOT NEW."position" OR OLD."picture" IS NOT NEW."picture" BEGIN INSERT INTO journal_change (command_id, table_name, row_id, op, client_id, before, after, left_client_id) VALUES ((SELECT command_id FROM journal_state WHERE id = 1), 'lookbook_item', NEW.id, 'U', (SELECT client_id FROM "lookbook" WHERE id = NEW."lookbook_id"), json_array(OLD."id", OLD."lookbook_id", OLD."look", OLD."name", OLD."brand", OLD."price_cents", OLD."currency", OLD."url", OLD."position", OLD."picture"), json_array(NEW."id", NEW."lookbook_id", NEW."look", NEW."name", NEW."brand", NEW."price_cents", NEW."currency", NEW."url", NEW."position", NEW."picture"), NULL); END;
CREATE TRIGGER "journal_lookbook_item_D" AFTER DELETE ON "lookbook_item"  BEGIN INSERT INTO journal_change (command_id, table_name, row_id, op, client_id, before, after, left_client_id) VALUES ((SELECT command_id FROM journal_state WHERE id = 1), 'lookbook_item', OLD.id, 'D', (SELECT client_id FROM "lookbook" WHERE id = OLD."lookbook_id"), json_array(OLD."id", OLD."lookbook_id", OLD."look", OLD."name", OLD."brand", OLD."price_cents", OLD."currency", OLD."url", OLD."position", OLD."picture"), NULL, NULL); END;
CREATE TRIGGER "journal_order_line_I" AFTER INSERT ON "order_line"  BEGIN INSERT INTO journal_change (command_id, table_name, row_id, op, client_id, before, after, left_client_id) VALUES ((SELECT command_id FROM journal_state WHERE id = 1), 'order_line', NEW.id, 'I', (SELECT client_id FROM "order" WHERE id = NEW."order_id"), NULL, json_array(NEW."id", NEW."order_id", NEW."position", NEW."name", NEW."sku", NEW."brand", NEW."quantity", NEW."price_cents", NEW."discount_cents", NEW."shipped", NEW."rate", NEW."rate_from", NEW."commission_cents"), NULL); END;
CREATE TRIGGER "journal_order_line_U" AFTER UPDATE ON "order_line" WHEN OLD."id" IS NOT NEW."id" OR OLD."order_id" IS NOT NEW."order_id" OR OLD."position" IS NOT NEW."position" OR OLD."name" IS NOT NEW."name" OR OLD."sku" IS NOT NEW."sku" OR OLD."brand" IS NOT NEW."brand" OR OLD."quantity" IS NOT NEW."quantity" OR OLD."price_cents" IS NOT NEW."price_cents" OR OLD."discount_cents" IS NOT NEW."discount_cents" OR OLD."shipped" IS NOT NEW."shipped" OR OLD."rate" IS NOT NEW."rate" OR OLD."rate_from" IS NOT NEW."rate_from" OR OLD."commission_cents" IS NOT NEW."commission_cents" BEGIN INSERT INTO journal_change (command_id, table_name, row_id, op, client_id, before, after, left_client_id) VALUES ((SELECT command_id FROM journal_state WHERE id = 1), 'order_line', NEW.id, 'U', (SELECT client_id FROM "order" WHERE id = NEW."order_id"), json_array(OLD."id", OLD."order_id", OLD."position", OLD."name", OLD."sku", OLD."brand", OLD."quantity", OLD."price_cents", OLD."discount_cents", OLD."shipped", OLD."rate", OLD."rate_from", OLD."commission_cents"), json_array(NEW."id", NEW."order_id", NEW."position", NEW."name", NEW."sku", NEW."brand", NEW."quantity", NEW."price_cents", NEW."discount_cents", NEW."shipped", NEW."rate", NEW."rate_from", NEW."commission_cents"), NULL); END;
CREATE TRIGGER "journal_order_line_D" AFTER DELETE ON "order_line"  BEGIN INSERT INTO journal_change (command_id, table_name, row_id, op, client_id, before, after, left_client_id) VALUES ((SELECT command_id FROM journal_state WHERE id = 1), 'order_line', OLD.id, 'D', (SELECT client_id FROM "order" WHERE id = OLD."order_id"), json_array(OLD."id", OLD."order_id", OLD."position", OLD."name", OLD."sku", OLD."brand", OLD."quantity", OLD."price_cents", OLD."discount_cents", OLD."shipped", OLD."rate", OLD."rate_from", OLD."commission_cents"), NULL, NULL); END;
CREATE TRIGGER "journal_shipment_I" AFTER INSERT ON "shipment"  BEGIN INSERT INTO journal_change (command_id, table_name, row_id, op, client_id, before, after, left_client_id) VALUES ((SELECT command_id FROM journal_state WHERE id = 1), 'shipment', NEW.id, 'I', (SELECT client_id FROM "order" WHERE id = NEW."order_id"), NULL, json_array(NEW."id", NEW."order_id", NEW."shipped_on", NEW."amount_cents", NEW."note"), NULL); END;
CREATE TRIGGER "journal_shipment_U" AFTER UPDATE ON "shipment" WHEN OLD."id" IS NOT NEW."id" OR OLD."order_id" IS NOT NEW."order_id" OR OLD."shipped_on" IS NOT NEW."shipped_on" OR OLD."amount_cents" IS NOT NEW."amount_cents" OR OLD."note" IS NOT NEW."note" BEGIN INSERT INTO journal_change (command_id, table_name, row_id, op, client_id, before, after, left_client_id) VALUES ((SELECT command_id FROM journal_state WHERE id = 1), 'shipment', NEW.id, 'U', (SELECT client_id FROM "order" WHERE id = NEW."order_id"), json_array(OLD."id", OLD."order_id", OLD."shipped_on", OLD."amount_cents", OLD."note"), json_array(NEW."id", NEW."order_id", NEW."shipped_on", NEW."amount_cents", NEW."note"), NULL); END;
CREATE TRIGGER "journal_shipment_D" AFTER DELETE ON "shipment"  BEGIN INSERT INTO journal_change (command_id, table_name, row_id, op, client_id, before, after, left_client_id) VALUES ((SELECT command_id FROM journal_state WHERE id = 1), 'shipment', OLD.id, 'D', (SELECT client_id FROM "order" WHERE id = OLD."order_id"), json_array(OLD."id", OLD."order_id", OLD."shipped_on", OLD."amount_cents", OLD."note"), NULL, NULL); END;
CREATE TRIGGER "journal_signal_I" AFTER INSERT ON "signal"  BEGIN INSERT INTO journal_change (command_id, table_name, row_id, op, client_id, before, after, left_client_id) VALUES ((SELECT command_id FROM journal_state WHERE id = 1), 'signal', NEW.id, 'I', NEW.client_id, NULL, json_array(NEW."id", NEW."client_id", NEW."kind", NEW."occurred_at", NEW."source", NEW."external_id", NEW."lookbook", NEW."item", NEW."brand", NEW."amount_cents", NEW."currency", NEW."comment", NEW."url", NEW."order_id"), NULL); END;
CREATE TRIGGER "journal_signal_U" AFTER UPDATE ON "signal" WHEN OLD."id" IS NOT NEW."id" OR OLD."client_id" IS NOT NEW."client_id" OR OLD."kind" IS NOT NEW."kind" OR OLD."occurred_at" IS NOT NEW."occurred_at" OR OLD."source" IS NOT NEW."source" OR OLD."external_id" IS NOT NEW."external_id" OR OLD."lookbook" IS NOT NEW."lookbook" OR OLD."item" IS NOT NEW."item" OR OLD."brand" IS NOT NEW."brand" OR OLD."amount_cents" IS NOT NEW."amount_cents" OR OLD."currency" IS NOT NEW."currency" OR OLD."comment" IS NOT NEW."comment" OR OLD."url" IS NOT NEW."url" OR OLD."order_id" IS NOT NEW."order_id" BEGIN INSERT INTO journal_change (command_id, table_name, row_id, op, client_id, before, after, left_client_id) VALUES ((SELECT command_id FROM journal_state WHERE id = 1), 'signal', NEW.id, 'U', NEW.client_id, json_array(OLD."id", OLD."client_id", OLD."kind", OLD."occurred_at", OLD."source", OLD."external_id", OLD."lookbook", OLD."item", OLD."brand", OLD."amount_cents", OLD."currency", OLD."comment", OLD."url", OLD."order_id"), json_array(NEW."id", NEW."client_id", NEW."kind", NEW."occurred_at", NEW."source", NEW."external_id", NEW."lookbook", NEW."item", NEW."brand", NEW."amount_cents", NEW."currency", NEW."comment", NEW."url", NEW."order_id"), CASE WHEN OLD.client_id IS NOT NEW.client_id THEN OLD.client_id END); END;
CREATE TRIGGER "journal_signal_D" AFTER DELETE ON "signal"  BEGIN INSERT INTO journal_change (command_id, table_name, row_id, op, client_id, before, after, left_client_id) VALUES ((SELECT command_id FROM journal_state WHERE id = 1), 'signal', OLD.id, 'D', OLD.client_id, json_array(OLD."id", OLD."client_id", OLD."kind", OLD."occurred_at", OLD."source", OLD."external_id", OLD."lookbook", OLD."item", OLD."brand", OLD."amount_cents", OLD."currency", OLD."comment", OLD."url", OLD."order_id"), NULL, NULL); END;
CREATE TRIGGER "journal_ticket_I" AFTER INSERT ON "ticket"  BEGIN INSERT INTO journal_change (command_id, table_name, row_id, op, client_id, before, after, left_client_id) VALUES ((SELECT command_id FROM journal_state WHERE id = 1), 'ticket', NEW.id, 'I', NEW.client_id, NULL, json_array(NEW."id", NEW."client_id", NEW."assignment_id", NEW."csat_id", NEW."recipient", NEW."subject", NEW."body", NEW."drafted_at", NEW."sent_at", NEW."settled_at"), NULL); END;
CREATE TRIGGER "journal_ticket_U" AFTER UPDATE ON "ticket" WHEN OLD."id" IS NOT NEW."id" OR OLD."client_id" IS NOT NEW."client_id" OR OLD."assignment_id" IS NOT NEW."assignment_id" OR OLD."csat_id" IS NOT NEW."csat_id" OR OLD."recipient" IS NOT NEW."recipient" OR OLD."subject" IS NOT NEW."subject" OR OLD."body" IS NOT NEW."body" OR OLD."drafted_at" IS NOT NEW."drafted_at" OR OLD."sent_at" IS NOT NEW."sent_at" OR OLD."settled_at" IS NOT NEW."settled_at" BEGIN INSERT INTO journal_change (command_id, table_name, row_id, op, client_id, before, after, left_client_id) VALUES ((SELECT command_id FROM journal_state WHERE id = 1), 'ticket', NEW.id, 'U', NEW.client_id, json_array(OLD."id", OLD."client_id", OLD."assignment_id", OLD."csat_id", OLD."recipient", OLD."subject", OLD."body", OLD."drafted_at", OLD."sent_at", OLD."settled_at"), json_array(NEW."id", NEW."client_id", NEW."assignment_id", NEW."csat_id", NEW."recipient", NEW."subject", NEW."body", NEW."drafted_at", NEW."sent_at", NEW."settled_at"), CASE WHEN OLD.client_id IS NOT NEW.client_id THEN OLD.client_id END); END;
CREATE TRIGGER "journal_ticket_D" AFTER DELETE ON "ticket"  BEGIN INSERT INTO journal_change (command_id, table_name, row_id, op, client_id, before, after, left_client_id) VALUES ((SELECT command_id FROM journal_state WHERE id = 1), 'ticket', OLD.id, 'D', OLD.client_id, json_array(OLD."id", OLD."client_id", OLD."assignment_id", OLD."csat_id", OLD."recipient", OLD."subject", OLD."body", OLD."drafted_at", OLD."sent_at", OLD."settled_at"), NULL, NULL); END;
CREATE TRIGGER "journal_commission_rate_I" AFTER INSERT ON "commission_rate"  BEGIN INSERT INTO journal_change (command_id, table_name, row_id, op, client_id, before, after, left_client_id) VALUES ((SELECT command_id FROM journal_state WHERE id = 1), 'commission_rate', NEW.id, 'I', NEW.client_id, NULL, json_array(NEW."id", NEW."scope", NEW."client_id", NEW."brand_id", NEW."order_id", NEW."order_line_id", NEW."rate", NEW."starts_on", NEW."ends_on", NEW."set_at", NEW."note"), NULL); END;
CREATE TRIGGER "journal_commission_rate_U" AFTER UPDATE ON "commission_rate" WHEN OLD."id" IS NOT NEW."id" OR OLD."scope" IS NOT NEW."scope" OR OLD."client_id" IS NOT NEW."client_id" OR OLD."brand_id" IS NOT NEW."brand_id" OR OLD."order_id" IS NOT NEW."order_id" OR OLD."order_line_id" IS NOT NEW."order_line_id" OR OLD."rate" IS NOT NEW."rate" OR OLD."starts_on" IS NOT NEW."starts_on" OR OLD."ends_on" IS NOT NEW."ends_on" OR OLD."set_at" IS NOT NEW."set_at" OR OLD."note" IS NOT NEW."note" BEGIN INSERT INTO journal_change (command_id, table_name, row_id, op, client_id, before, after, left_client_id) VALUES ((SELECT command_id FROM journal_state WHERE id = 1), 'commission_rate', NEW.id, 'U', NEW.client_id, json_array(OLD."id", OLD."scope", OLD."client_id", OLD."brand_id", OLD."order_id", OLD."order_line_id", OLD."rate", OLD."starts_on", OLD."ends_on", OLD."set_at", OLD."note"), json_array(NEW."id", NEW."scope", NEW."client_id", NEW."brand_id", NEW."order_id", NEW."order_line_id", NEW."rate", NEW."starts_on", NEW."ends_on", NEW."set_at", NEW."note"), CASE WHEN OLD.client_id IS NOT NEW.client_id THEN OLD.client_id END); END;
CREATE TRIGGER "journal_commission_rate_D" AFTER DELETE ON "commission_rate"  BEGIN INSERT INTO journal_change (command_id, table_name, row_id, op, client_id, before, after, left_client_id) VALUES ((SELECT command_id FROM journal_state WHERE id = 1), 'commission_rate', OLD.id, 'D', OLD.client_id, json_array(OLD."id", OLD."scope", OLD."client_id", OLD."brand_id", OLD."order_id", OLD."order_line_id", OLD."rate", OLD."starts_on", OLD."ends_on", OLD."set_at", OLD."note"), NULL, NULL); END;
CREATE TRIGGER "journal_goods_return_I" AFTER INSERT ON "goods_return"  BEGIN INSERT INTO journal_change (command_id, table_name, row_id, op, client_id, before, after, left_client_id) VALUES ((SELECT command_id FROM journal_state WHERE id = 1), 'goods_return', NEW.id, 'I', NEW.client_id, NULL, json_array(NEW."id", NEW."client_id", NEW."order_id", NEW."root_order_id", NEW."number", NEW."opened_on", NEW."currency", NEW."address", NEW."goods_cents", NEW."fee_cents", NEW."to_gift_cents", NEW."to_card_cents", NEW."passed_on_at", NEW."received_at", NEW."exchange_order_id", NEW."exchange_sent_at", NEW."credit_id", NEW."cancelled_at", NEW."note"), NULL); END;
CREATE TRIGGER "journal_goods_return_U" AFTER UPDATE ON "goods_return" WHEN OLD."id" IS NOT NEW."id" OR OLD."client_id" IS NOT NEW."client_id" OR OLD."order_id" IS NOT NEW."order_id" OR OLD."root_order_id" IS NOT NEW."root_order_id" OR OLD."number" IS NOT NEW."number" OR OLD."opened_on" IS NOT NEW."opened_on" OR OLD."currency" IS NOT NEW."currency" OR OLD."address" IS NOT NEW."address" OR OLD."goods_cents" IS NOT NEW."goods_cents" OR OLD."fee_cents" IS NOT NEW."fee_cents" OR OLD."to_gift_cents" IS NOT NEW."to_gift_cents" OR OLD."to_card_cents" IS NOT NEW."to_card_cents" OR OLD."passed_on_at" IS NOT NEW."passed_on_at" OR OLD."received_at" IS NOT NEW."received_at" OR OLD."exchange_order_id" IS NOT NEW."exchange_order_id" OR OLD."exchange_sent_at" IS NOT NEW."exchange_sent_at" OR OLD."credit_id" IS NOT NEW."credit_id" OR OLD."cancelled_at" IS NOT NEW."cancelled_at" OR OLD."note" IS NOT NEW."note" BEGIN INSERT INTO journal_change (command_id, table_name, row_id, op, client_id, before, after, left_client_id) VALUES ((SELECT command_id FROM journal_state WHERE id = 1), 'goods_return', NEW.id, 'U', NEW.client_id, json_array(OLD."id", OLD."client_id", OLD."order_id", OLD."root_order_id", OLD."number", OLD."opened_on", OLD."currency", OLD."address", OLD."goods_cents", OLD."fee_cents", OLD."to_gift_cents", OLD."to_card_cents", OLD."passed_on_at", OLD."received_at", OLD."exchange_order_id", OLD."exchange_sent_at", OLD."credit_id", OLD."cancelled_at", OLD."note"), json_array(NEW."id", NEW."client_id", NEW."order_id", NEW."root_order_id", NEW."number", NEW."opened_on", NEW."currency", NEW."address", NEW."goods_cents", NEW."fee_cents", NEW."to_gift_cents", NEW."to_card_cents", NEW."passed_on_at", NEW."received_at", NEW."exchange_order_id", NEW."exchange_sent_at", NEW."credit_id", NEW."cancelled_at", NEW."note"), CASE WHEN OLD.client_id IS NOT NEW.client_id THEN OLD.client_id END); END;
CREATE TRIGGER "journal_goods_return_D" AFTER DELETE ON "goods_return"  BEGIN INSERT INTO journal_change (command_id, table_name, row_id, op, client_id, before, after, left_client_id) VALUES ((SELECT command_id FROM journal_state WHERE id = 1), 'goods_return', OLD.id, 'D', OLD.client_id, json_array(OLD."id", OLD."client_id", OLD."order_id", OLD."root_order_id", OLD."number", OLD."opened_on", OLD."currency", OLD."address", OLD."goods_cents", OLD."fee_cents", OLD."to_gift_cents", OLD."to_card_cents", OLD."passed_on_at", OLD."received_at", OLD."exchange_order_id", OLD."exchange_sent_at", OLD."credit_id", OLD."cancelled_at", OLD."note"), NULL, NULL); END;
CREATE TRIGGER "journal_host_order_line_I" AFTER INSERT ON "host_order_line"  BEGIN INSERT INTO journal_change (command_id, table_name, row_id, op, client_id, before, after, left_client_id) VALUES ((SELECT command_id FROM journal_state WHERE id = 1), 'host_order_line', NEW.id, 'I', (SELECT client_id FROM "host_order" WHERE id = NEW."host_order_id"), NULL, json_array(NEW."id", NEW."host_order_id", NEW."position", NEW."name", NEW."quantity", NEW."price_cents", NEW."pays"), NULL); END;
CREATE TRIGGER "journal_host_order_line_U" AFTER UPDATE ON "host_order_line" WHEN OLD."id" IS NOT NEW."id" OR OLD."host_order_id" IS NOT NEW."host_order_id" OR OLD."position" IS NOT NEW."position" OR OLD."name" IS NOT NEW."name" OR OLD."quantity" IS NOT NEW."quantity" OR OLD."price_cents" IS NOT NEW."price_cents" OR OLD."pays" IS NOT NEW."pays" BEGIN INSERT INTO journal_change (command_id, table_name, row_id, op, client_id, before, after, left_client_id) VALUES ((SELECT command_id FROM journal_state WHERE id = 1), 'host_order_line', NEW.id, 'U', (SELECT client_id FROM "host_order" WHERE id = NEW."host_order_id"), json_array(OLD."id", OLD."host_order_id", OLD."position", OLD."name", OLD."quantity", OLD."price_cents", OLD."pays"), json_array(NEW."id", NEW."host_order_id", NEW."position", NEW."name", NEW."quantity", NEW."price_cents", NEW."pays"), NULL); END;
CREATE TRIGGER "journal_host_order_line_D" AFTER DELETE ON "host_order_line"  BEGIN INSERT INTO journal_change (command_id, table_name, row_id, op, client_id, before, after, left_client_id) VALUES ((SELECT command_id FROM journal_state WHERE id = 1), 'host_order_line', OLD.id, 'D', (SELECT client_id FROM "host_order" WHERE id = OLD."host_order_id"), json_array(OLD."id", OLD."host_order_id", OLD."position", OLD."name", OLD."quantity", OLD."price_cents", OLD."pays"), NULL, NULL); END;
CREATE TRIGGER "journal_order_move_I" AFTER INSERT ON "order_move"  BEGIN INSERT INTO journal_change (command_id, table_name, row_id, op, client_id, before, after, left_client_id) VALUES ((SELECT command_id FROM journal_state WHERE id = 1), 'order_move', NEW.id, 'I', NEW.client_id, NULL, json_array(NEW."id", NEW."client_id", NEW."order_id", NEW."from_event_id", NEW."to_event_id", NEW."state", NEW."entered_at", NEW."requested_at", NEW."settled_at", NEW."ticket_id", NEW."note"), NULL); END;
CREATE TRIGGER "journal_order_move_U" AFTER UPDATE ON "order_move" WHEN OLD."id" IS NOT NEW."id" OR OLD."client_id" IS NOT NEW."client_id" OR OLD."order_id" IS NOT NEW."order_id" OR OLD."from_event_id" IS NOT NEW."from_event_id" OR OLD."to_event_id" IS NOT NEW."to_event_id" OR OLD."state" IS NOT NEW."state" OR OLD."entered_at" IS NOT NEW."entered_at" OR OLD."requested_at" IS NOT NEW."requested_at" OR OLD."settled_at" IS NOT NEW."settled_at" OR OLD."ticket_id" IS NOT NEW."ticket_id" OR OLD."note" IS NOT NEW."note" BEGIN INSERT INTO journal_change (command_id, table_name, row_id, op, client_id, before, after, left_client_id) VALUES ((SELECT command_id FROM journal_state WHERE id = 1), 'order_move', NEW.id, 'U', NEW.client_id, json_array(OLD."id", OLD."client_id", OLD."order_id", OLD."from_event_id", OLD."to_event_id", OLD."state", OLD."entered_at", OLD."requested_at", OLD."settled_at", OLD."ticket_id", OLD."note"), json_array(NEW."id", NEW."client_id", NEW."order_id", NEW."from_event_id", NEW."to_event_id", NEW."state", NEW."entered_at", NEW."requested_at", NEW."settled_at", NEW."ticket_id", NEW."note"), CASE WHEN OLD.client_id IS NOT NEW.client_id THEN OLD.client_id END); END;
CREATE TRIGGER "journal_order_move_D" AFTER DELETE ON "order_move"  BEGIN INSERT INTO journal_change (command_id, table_name, row_id, op, client_id, before, after, left_client_id) VALUES ((SELECT command_id FROM journal_state WHERE id = 1), 'order_move', OLD.id, 'D', OLD.client_id, json_array(OLD."id", OLD."client_id", OLD."order_id", OLD."from_event_id", OLD."to_event_id", OLD."state", OLD."entered_at", OLD."requested_at", OLD."settled_at", OLD."ticket_id", OLD."note"), NULL, NULL); END;
CREATE TRIGGER "journal_card_payment_I" AFTER INSERT ON "card_payment"  BEGIN INSERT INTO journal_change (command_id, table_name, row_id, op, client_id, before, after, left_client_id) VALUES ((SELECT command_id FROM journal_state WHERE id = 1), 'card_payment', NEW.id, 'I', NEW.client_id, NULL, json_array(NEW."id", NEW."client_id", NEW."order_id", NEW."paid_on", NEW."cents", NEW."brand", NEW."last_four", NEW."return_id", NEW."external_id"), NULL); END;
CREATE TRIGGER "journal_card_payment_U" AFTER UPDATE ON "card_payment" WHEN OLD."id" IS NOT NEW."id" OR OLD."client_id" IS NOT NEW."client_id" OR OLD."order_id" IS NOT NEW."order_id" OR OLD."paid_on" IS NOT NEW."paid_on" OR OLD."cents" IS NOT NEW."cents" OR OLD."brand" IS NOT NEW."brand" OR OLD."last_four" IS NOT NEW."last_four" OR OLD."return_id" IS NOT NEW."return_id" OR OLD."external_id" IS NOT NEW."external_id" BEGIN INSERT INTO journal_change (command_id, table_name, row_id, op, client_id, before, after, left_client_id) VALUES ((SELECT command_id FROM journal_state WHERE id = 1), 'card_payment', NEW.id, 'U', NEW.client_id, json_array(OLD."id", OLD."client_id", OLD."order_id", OLD."paid_on", OLD."cents", OLD."brand", OLD."last_four", OLD."return_id", OLD."external_id"), json_array(NEW."id", NEW."client_id", NEW."order_id", NEW."paid_on", NEW."cents", NEW."brand", NEW."last_four", NEW."return_id", NEW."external_id"), CASE WHEN OLD.client_id IS NOT NEW.client_id THEN OLD.client_id END); END;
CREATE TRIGGER "journal_card_payment_D" AFTER DELETE ON "card_payment"  BEGIN INSERT INTO journal_change (command_id, table_name, row_id, op, client_id, before, after, left_client_id) VALUES ((SELECT command_id FROM journal_state WHERE id = 1), 'card_payment', OLD.id, 'D', OLD.client_id, json_array(OLD."id", OLD."client_id", OLD."order_id", OLD."paid_on", OLD."cents", OLD."brand", OLD."last_four", OLD."return_id", OLD."external_id"), NULL, NULL); END;
CREATE TRIGGER "journal_gift_movement_I" AFTER INSERT ON "gift_movement"  BEGIN INSERT INTO journal_change (command_id, table_name, row_id, op, client_id, before, after, left_client_id) VALUES ((SELECT command_id FROM journal_state WHERE id = 1), 'gift_movement', NEW.id, 'I', (SELECT client_id FROM "gift_certificate" WHERE id = NEW."gift_id"), NULL, json_array(NEW."id", NEW."gift_id", NEW."kind", NEW."cents", NEW."at", NEW."order_id", NEW."return_id", NEW."note"), NULL); END;
CREATE TRIGGER "journal_gift_movement_U" AFTER UPDATE ON "gift_movement" WHEN OLD."id" IS NOT NEW."id" OR OLD."gift_id" IS NOT NEW."gift_id" OR OLD."kind" IS NOT NEW."kind" OR OLD."cents" IS NOT NEW."cents" OR OLD."at" IS NOT NEW."at" OR OLD."order_id" IS NOT NEW."order_id" OR OLD."return_id" IS NOT NEW."return_id" OR OLD."note" IS NOT NEW."note" BEGIN INSERT INTO journal_change (command_id, table_name, row_id, op, client_id, before, after, left_client_id) VALUES ((SELECT command_id FROM journal_state WHERE id = 1), 'gift_movement', NEW.id, 'U', (SELECT client_id FROM "gift_certificate" WHERE id = NEW."gift_id"), json_array(OLD."id", OLD."gift_id", OLD."kind", OLD."cents", OLD."at", OLD."order_id", OLD."return_id", OLD."note"), json_array(NEW."id", NEW."gift_id", NEW."kind", NEW."cents", NEW."at", NEW."order_id", NEW."return_id", NEW."note"), NULL); END;
CREATE TRIGGER "journal_gift_movement_D" AFTER DELETE ON "gift_movement"  BEGIN INSERT INTO journal_change (command_id, table_name, row_id, op, client_id, before, after, left_client_id) VALUES ((SELECT command_id FROM journal_state WHERE id = 1), 'gift_movement', OLD.id, 'D', (SELECT client_id FROM "gift_certificate" WHERE id = OLD."gift_id"), json_array(OLD."id", OLD."gift_id", OLD."kind", OLD."cents", OLD."at", OLD."order_id", OLD."return_id", OLD."note"), NULL, NULL); END;
CREATE TRIGGER "gift_movement_covered_I" AFTER INSERT ON "gift_movement"  BEGIN DELETE FROM primary_wanted WHERE kind = 'gift' AND client_id = NEW.gift_id; INSERT INTO primary_wanted (kind, client_id, never) SELECT 'gift', NEW.gift_id, 0 WHERE (SELECT sum(cents) FROM gift_movement WHERE gift_id = NEW.gift_id) < 0; DELETE FROM primary_wanted WHERE kind = 'gift of ' || NEW.order_id AND client_id = NEW.gift_id; INSERT INTO primary_wanted (kind, client_id, never) SELECT 'gift of ' || NEW.order_id, NEW.gift_id, 0 WHERE (SELECT sum(cents) FROM gift_movement WHERE gift_id = NEW.gift_id AND order_id = NEW.order_id) > 0; END;
CREATE TRIGGER "gift_movement_covered_U" AFTER UPDATE ON "gift_movement" WHEN OLD.cents IS NOT NEW.cents OR OLD.gift_id IS NOT NEW.gift_id OR OLD.order_id IS NOT NEW.order_id BEGIN DELETE FROM primary_wanted WHERE kind = 'gift' AND client_id = OLD.gift_id; INSERT INTO primary_wanted (kind, client_id, never) SELECT 'gift', OLD.gift_id, 0 WHERE (SELECT sum(cents) FROM gift_movement WHERE gift_id = OLD.gift_id) < 0; DELETE FROM primary_wanted WHERE kind = 'gift of ' || OLD.order_id AND client_id = OLD.gift_id; INSERT INTO primary_wanted (kind, client_id, never) SELECT 'gift of ' || OLD.order_id, OLD.gift_id, 0 WHERE (SELECT sum(cents) FROM gift_movement WHERE gift_id = OLD.gift_id AND order_id = OLD.order_id) > 0; DELETE FROM primary_wanted WHERE kind = 'gift' AND client_id = NEW.gift_id; INSERT INTO primary_wanted (kind, client_id, never) SELECT 'gift', NEW.gift_id, 0 WHERE (SELECT sum(cents) FROM gift_movement WHERE gift_id = NEW.gift_id) < 0; DELETE FROM primary_wanted WHERE kind = 'gift of ' || NEW.order_id AND client_id = NEW.gift_id; INSERT INTO primary_wanted (kind, client_id, never) SELECT 'gift of ' || NEW.order_id, NEW.gift_id, 0 WHERE (SELECT sum(cents) FROM gift_movement WHERE gift_id = NEW.gift_id AND order_id = NEW.order_id) > 0; END;
CREATE TRIGGER "gift_movement_covered_D" AFTER DELETE ON "gift_movement"  BEGIN DELETE FROM primary_wanted WHERE kind = 'gift' AND client_id = OLD.gift_id; INSERT INTO primary_wanted (kind, client_id, never) SELECT 'gift', OLD.gift_id, 0 WHERE (SELECT sum(cents) FROM gift_movement WHERE gift_id = OLD.gift_id) < 0; DELETE FROM primary_wanted WHERE kind = 'gift of ' || OLD.order_id AND client_id = OLD.gift_id; INSERT INTO primary_wanted (kind, client_id, never) SELECT 'gift of ' || OLD.order_id, OLD.gift_id, 0 WHERE (SELECT sum(cents) FROM gift_movement WHERE gift_id = OLD.gift_id AND order_id = OLD.order_id) > 0; END;
CREATE TRIGGER "journal_return_line_I" AFTER INSERT ON "return_line"  BEGIN INSERT INTO journal_change (command_id, table_name, row_id, op, client_id, before, after, left_client_id) VALUES ((SELECT command_id FROM journal_state WHERE id = 1), 'return_line', NEW.id, 'I', (SELECT client_id FROM "goods_return" WHERE id = NEW."return_id"), NULL, json_array(NEW."id", NEW."return_id", NEW."order_line_id", NEW."position", NEW."name", NEW."quantity", NEW."cents", NEW."kind", NEW."is_replaced", NEW."instead"), NULL); END;
CREATE TRIGGER "journal_return_line_U" AFTER UPDATE ON "return_line" WHEN OLD."id" IS NOT NEW."id" OR OLD."return_id" IS NOT NEW."return_id" OR OLD."order_line_id" IS NOT NEW."order_line_id" OR OLD."position" IS NOT NEW."position" OR OLD."name" IS NOT NEW."name" OR OLD."quantity" IS NOT NEW."quantity" OR OLD."cents" IS NOT NEW."cents" OR OLD."kind" IS NOT NEW."kind" OR OLD."is_replaced" IS NOT NEW."is_replaced" OR OLD."instead" IS NOT NEW."instead" BEGIN INSERT INTO journal_change (command_id, table_name, row_id, op, client_id, before, after, left_client_id) VALUES ((SELECT command_id FROM journal_state WHERE id = 1), 'return_line', NEW.id, 'U', (SELECT client_id FROM "goods_return" WHERE id = NEW."return_id"), json_array(OLD."id", OLD."return_id", OLD."order_line_id", OLD."position", OLD."name", OLD."quantity", OLD."cents", OLD."kind", OLD."is_replaced", OLD."instead"), json_array(NEW."id", NEW."return_id", NEW."order_line_id", NEW."position", NEW."name", NEW."quantity", NEW."cents", NEW."kind", NEW."is_replaced", NEW."instead"), NULL); END;
CREATE TRIGGER "journal_return_line_D" AFTER DELETE ON "return_line"  BEGIN INSERT INTO journal_change (command_id, table_name, row_id, op, client_id, before, after, left_client_id) VALUES ((SELECT command_id FROM journal_state WHERE id = 1), 'return_line', OLD.id, 'D', (SELECT client_id FROM "goods_return" WHERE id = OLD."return_id"), json_array(OLD."id", OLD."return_id", OLD."order_line_id", OLD."position", OLD."name", OLD."quantity", OLD."cents", OLD."kind", OLD."is_replaced", OLD."instead"), NULL, NULL); END;
CREATE TRIGGER "journal_reward_adjustment_I" AFTER INSERT ON "reward_adjustment"  BEGIN INSERT INTO journal_change (command_id, table_name, row_id, op, client_id, before, after, left_client_id) VALUES ((SELECT command_id FROM journal_state WHERE id = 1), 'reward_adjustment', NEW.id, 'I', (SELECT client_id FROM "host_event" WHERE id = NEW."event_id"), NULL, json_array(NEW."id", NEW."event_id", NEW."return_id", NEW."order_id", NEW."posted_on", NEW."cents", NEW."half_price_items", NEW."note"), NULL); END;
CREATE TRIGGER "journal_reward_adjustment_U" AFTER UPDATE ON "reward_adjustment" WHEN OLD."id" IS NOT NEW."id" OR OLD."event_id" IS NOT NEW."event_id" OR OLD."return_id" IS NOT NEW."return_id" OR OLD."order_id" IS NOT NEW."order_id" OR OLD."posted_on" IS NOT NEW."posted_on" OR OLD."cents" IS NOT NEW."cents" OR OLD."half_price_items" IS NOT NEW."half_price_items" OR OLD."note" IS NOT NEW."note" BEGIN INSERT INTO journal_change (command_id, table_name, row_id, op, client_id, before, after, left_client_id) VALUES ((SELECT command_id FROM journal_state WHERE id = 1), 'reward_adjustment', NEW.id, 'U', (SELECT client_id FROM "host_event" WHERE id = NEW."event_id"), json_array(OLD."id", OLD."event_id", OLD."return_id", OLD."order_id", OLD."posted_on", OLD."cents", OLD."half_price_items", OLD."note"), json_array(NEW."id", NEW."event_id", NEW."return_id", NEW."order_id", NEW."posted_on", NEW."cents", NEW."half_price_items", NEW."note"), NULL); END;
CREATE TRIGGER "journal_reward_adjustment_D" AFTER DELETE ON "reward_adjustment"  BEGIN INSERT INTO journal_change (command_id, table_name, row_id, op, client_id, before, after, left_client_id) VALUES ((SELECT command_id FROM journal_state WHERE id = 1), 'reward_adjustment', OLD.id, 'D', (SELECT client_id FROM "host_event" WHERE id = OLD."event_id"), json_array(OLD."id", OLD."event_id", OLD."return_id", OLD."order_id", OLD."posted_on", OLD."cents", OLD."half_price_items", OLD."note"), NULL, NULL); END;
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('journal_command',12);
INSERT INTO "sqlite_sequence" VALUES('journal_change',20);
INSERT INTO "sqlite_sequence" VALUES('client',1);
INSERT INTO "sqlite_sequence" VALUES('contact',1);
INSERT INTO "sqlite_sequence" VALUES('assignment',1);
INSERT INTO "sqlite_sequence" VALUES('appointment',1);
INSERT INTO "sqlite_sequence" VALUES('lookbook',1);
INSERT INTO "sqlite_sequence" VALUES('signal',3);
INSERT INTO "sqlite_sequence" VALUES('order',1);
INSERT INTO "sqlite_sequence" VALUES('goal',1);
INSERT INTO "sqlite_sequence" VALUES('commission_payment',1);
INSERT INTO "sqlite_sequence" VALUES('calendar_event',1);
INSERT INTO "sqlite_sequence" VALUES('follow_up',1);
INSERT INTO "sqlite_sequence" VALUES('gift_certificate',1);
INSERT INTO "sqlite_sequence" VALUES('gift_movement',1);
INSERT INTO "sqlite_sequence" VALUES('host_event',1);
INSERT INTO "sqlite_sequence" VALUES('message',1);
COMMIT;
